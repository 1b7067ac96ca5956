using System.CommandLine;
using Mesh.Core;
using Mesh.Node.Hosting;
using Mesh.Node.Output;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode id</c>: who this node is; makes the identity when there is none yet.</summary>
internal static class IdCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("id", "Print the id of this node.")
        {
            new OutputOption(OutputFormat.Text, OutputFormat.Json),
        };
        command.SetAction(async (_, stopToken) => (int)await RunAsync(context, stopToken));
        return command;
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, CancellationToken stopToken)
    {
        var launcher = new NodeLauncher(context);
        var options = launcher.Options(MeshRole.Guest) with { Beacons = false };
        await using var node = await launcher.StartAsync(options, stopToken);
        if (context.Output.IsJson)
        {
            context.Output.WriteJson("mesh.id/1", json =>
            {
                json.WriteString("id", node.Id.ToString());
                json.WriteString("name", node.Name);
                json.WriteString("stateFolder", launcher.StateFolder);
            });
        }
        else
        {
            context.Output.WriteLine(node.Id.ToString());
            context.Output.Note($"{node.Name}, kept in {launcher.StateFolder}");
        }

        return ExitCode.Ok;
    }
}
