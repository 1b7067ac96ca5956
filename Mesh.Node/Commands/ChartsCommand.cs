using System.CommandLine;
using Mesh.Core;
using Mesh.Core.Foreign;
using Mesh.Core.Logs;
using Mesh.Node.Hosting;
using Mesh.Node.Output;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode charts</c>: the charts of all trusted nodes; states and transitions of one.</summary>
internal static class ChartsCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = List(context, new Command("charts", "Show the charts of trusted nodes, or what one is made of."));
        command.Add(List(context, new Command("list", "Show all charts and the states they are in.")));
        command.Add(Show(context));
        command.Add(ChartRunCommand.Create(context));
        command.Add(ChartCheckCommand.Create(context));
        return command;
    }

    private static Command List(CommandContext context, Command command)
    {
        var mesh = new MeshChoice();
        command.Add(new OutputOption(OutputFormat.Text, OutputFormat.Json));
        mesh.AddTo(command);
        command.SetAction(async (result, stopToken) => (int)await ListAsync(context, mesh, result, stopToken));
        return command;
    }

    private static Command Show(CommandContext context)
    {
        var mesh = new MeshChoice();
        var chart = ChartReading.Argument();
        var command = new Command("show", "Show the states and transitions of one chart.")
        {
            chart,
            new OutputOption(OutputFormat.Text, OutputFormat.Json),
        };
        mesh.AddTo(command);
        command.SetAction(async (result, _) =>
        {
            var hsm = await ChartReading.ReadAsync(context, mesh, result, result.GetValue(chart)!, needsSpy: false);
            if (hsm.Definition is not { } definition)
            {
                return (int)context.Output.Fail(
                    ExitCode.NotFound, $"{hsm.PeerName} does not tell what {hsm} is made of");
            }

            ChartText.Print(context.Output, hsm, definition);
            return (int)ExitCode.Ok;
        });
        return command;
    }

    private static async Task<ExitCode> ListAsync(
        CommandContext context, MeshChoice mesh, ParseResult result, CancellationToken stopToken)
    {
        var launcher = new NodeLauncher(context);
        var isOwnerThere = await launcher.Owner.StatusAsync(stopToken) is not null;
        var options = await mesh.ApplyAsync(result, launcher.Options(MeshRole.Guest), stopToken);
        await using var node = await launcher.StartAsync(options with { StartAt = StartMode.Snapshot }, stopToken);
        await node.WatchAsync(null, stopToken);

        var peers = (await node.PeersAsync(stopToken)).Where(peer => peer.Trust == PeerText.Accepted);
        var names = peers.Select(peer => peer.Id).Concat(isOwnerThere ? [node.Id.ToString()] : []);
        await Task.WhenAll(names.Select(name => node.WhenUpToDateAsync(name, Patience, stopToken)));

        foreach (var silent in (await node.PeersAsync(stopToken)).Where(IsSilent))
        {
            context.Output.Note($"{PeerText.NameOf(silent)} does not answer ({silent.Problem ?? silent.Presence})");
        }

        ChartList.Print(context.Output, Newest(node.View));
        return ExitCode.Ok;
    }

    private static bool IsSilent(PeerStatus peer) => peer is { Trust: PeerText.Accepted, Presence: not "alive" };

    // Of the charts of one name, the one that ran last stands for all.
    private static IReadOnlyList<ForeignHsm> Newest(MeshView view) =>
    [
        .. view.Charts()
            .GroupBy(hsm => (hsm.Peer, hsm.Name))
            .Select(group => group.MaxBy(hsm => (hsm.Incarnation, hsm.Chart))!)
            .OrderBy(hsm => hsm.ToString(), StringComparer.Ordinal),
    ];
}
