using System.CommandLine;
using Mesh.Node.Hosting;
using Mesh.Node.Output;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode status</c>: what the running node says of itself.</summary>
internal static class StatusCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("status", "Show what the running node of this machine does.")
        {
            new OutputOption(OutputFormat.Text, OutputFormat.Json),
        };
        command.SetAction(async (_, stopToken) => (int)await RunAsync(context, stopToken));
        return command;
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, CancellationToken stopToken)
    {
        var owner = new NodeLauncher(context).Owner;
        if (await owner.StatusAsync(stopToken) is not { } status
            || await owner.PeersAsync(stopToken) is not { } peers)
        {
            return context.Output.Fail(ExitCode.NoDaemon, NodeHints.NotRunning);
        }

        StatusText.Print(context.Output, status, peers);
        return ExitCode.Ok;
    }
}
