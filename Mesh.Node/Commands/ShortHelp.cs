using System.CommandLine;
using Mesh.Node.Output;

namespace Mesh.Node.Commands;

/// <summary>What <c>meshnode</c> alone says: what it is, the verbs, how to begin.</summary>
internal static class ShortHelp
{
    /// <summary>What the program is, in one sentence.</summary>
    public const string Summary = "Watch and steer statecharts across machines, without a broker.";

    /// <summary>Prints the text.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="root">The tree, for the verbs and their first sentences.</param>
    /// <returns>Always <see cref="ExitCode.Ok"/>.</returns>
    public static ExitCode Print(CommandOutput output, Command root)
    {
        var verbs = root.Subcommands.Where(verb => verb is { Hidden: false, Name: not "help" }).ToArray();
        var width = verbs.Max(verb => verb.Name.Length);

        output.WriteLine($"meshnode {VersionCommand.Version}: {Summary}");
        output.WriteLine("");
        output.WriteLine("usage: meshnode COMMAND [ARGUMENTS] [OPTIONS]");
        output.WriteLine("");
        foreach (var verb in verbs)
        {
            output.WriteLine($"  {verb.Name.PadRight(width)}  {verb.Description}");
        }

        output.WriteLine("");
        output.WriteLine("examples:");
        output.WriteLine("  meshnode up --chart sample:producer  run a node with a chart");
        output.WriteLine("  meshnode sub pi/...                  watch all charts of the node pi");
        output.WriteLine("");
        output.WriteLine("More about a command: meshnode COMMAND --help");
        return ExitCode.Ok;
    }
}
