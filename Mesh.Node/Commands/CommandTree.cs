using System.CommandLine;
using System.CommandLine.Help;

namespace Mesh.Node.Commands;

/// <summary>The verbs of <c>meshnode</c>, in the order that help shows them.</summary>
internal static class CommandTree
{
    // Terminals of this width are the narrowest that help is laid out for; pipes and files get it too.
    private const int HelpColumns = 80;

    /// <summary>Builds the tree for one run.</summary>
    /// <param name="context">Handed to every command.</param>
    /// <returns>The root command.</returns>
    public static RootCommand Create(CommandContext context)
    {
        var root = new RootCommand(ShortHelp.Summary)
        {
            UpCommand.Create(context),
            SubCommand.Create(context),
            SpyCommand.Create(context),
            TraceCommand.Create(context),
            SequenceCommand.Create(context),
            PeersCommand.Create(context),
            InviteCommand.Create(context),
            JoinCommand.Create(context),
            IdCommand.Create(context),
            ChartsCommand.Create(context),
            StatusCommand.Create(context),
            VersionCommand.Create(context),
            DemoCommand.Create(context),
            new QuietOption(),
            new VerboseOption(),
        };
        root.Add(HelpCommand.Create(context, root));
        root.SetAction(_ => (int)ShortHelp.Print(context.Output, root));

        // The library's own spellings /h and /? look like paths, and some shells rewrite them into paths.
        var help = new HelpOption("--help", "-h") { Description = "Show help" };
        help.Action = new HelpAction { MaxWidth = HelpColumns };
        Replace<HelpOption>(root, help);
        Replace<VersionOption>(root, new VersionOption { Action = new VersionAction(context) });
        return root;
    }

    private static void Replace<T>(RootCommand root, T option)
        where T : Option
    {
        root.Options.Remove(root.Options.OfType<T>().Single());
        root.Options.Add(option);
    }
}
