using System.CommandLine;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode help [COMMAND…]</c>: the same as <c>meshnode COMMAND… --help</c>.</summary>
internal static class HelpCommand
{
    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write.</param>
    /// <param name="root">The tree that the help is about.</param>
    public static Command Create(CommandContext context, RootCommand root)
    {
        var words = new Argument<string[]>("COMMAND") { Description = "The command; none for all of them" };
        var command = new Command("help", "Show help about a command.") { words };
        command.SetAction(result => (int)Run(context, root, result, result.GetValue(words)!));
        return command;
    }

    private static ExitCode Run(CommandContext context, RootCommand root, ParseResult asked, string[] words)
    {
        // A word that is no command would be passed over, because a line that asks for help may have faults.
        var named = root.Parse(words, asked.Configuration);
        return named.UnmatchedTokens is [var unknown, ..]
            ? context.Output.Fail(ExitCode.Usage, UsageError.Unknown(named, unknown))
            : (ExitCode)root.Parse([.. words, "--help"], asked.Configuration).Invoke(asked.InvocationConfiguration);
    }
}
