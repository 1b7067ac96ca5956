using System.CommandLine;
using Mesh.Core;
using Mesh.Core.Trust;
using Mesh.Node.Charts;
using Mesh.Node.Hosting;
using Mesh.Node.Output;
using Mesh.Node.Samples;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode up</c>: runs the node until it is asked to end.</summary>
internal static class UpCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var options = new UpOptions();
        var command = new Command("up", "Run the node of this machine: host charts, let trusted nodes watch.");
        options.AddTo(command);
        command.SetAction(async (result, stopToken) => (int)await RunAsync(context, options, result, stopToken));
        return command;
    }

    private static async Task<ExitCode> RunAsync(
        CommandContext context, UpOptions options, ParseResult result, CancellationToken stopToken)
    {
        foreach (var path in options.Charts(result).Select(choice => choice.File).OfType<string>())
        {
            // Before anything runs: a wrong file is a wrong command line.
            if (ChartFileReading.TryRead(context.Output, path, null, out _) is var ending and not ExitCode.Ok)
            {
                return ending;
            }
        }

        var launcher = new NodeLauncher(context);
        var begin = context.Services.Time.GetTimestamp();
        var node = await StartAsync(launcher, options, result, stopToken);
        var charts = new List<SampleChart>();
        try
        {
            var settings = options.Samples(result, node.Name);
            foreach (var choice in options.Charts(result))
            {
                var chart = SampleCharts.Start(choice, settings, context.Services.Time);
                charts.Add(chart);
                await node.HostAsync(chart.Chart, chart.Name, stopToken);
            }

            await TellReadyAsync(context.Output, node, options.Accept(result), stopToken);
            return await WaitAsync(node, stopToken);
        }
        finally
        {
            // The node first: what the charts did last is still published, and nothing reads them afterwards.
            await node.DisposeAsync();
            foreach (var chart in charts)
            {
                await chart.Ending.DisposeAsync();
            }

            context.Output.Note($"stopped after {ElapsedText.Of(context.Services.Time.GetElapsedTime(begin))}");
        }
    }

    private static async Task<MeshNode> StartAsync(
        NodeLauncher launcher, UpOptions options, ParseResult result, CancellationToken stopToken)
    {
        var chosen = await options.ApplyAsync(result, launcher.Options(MeshRole.Owner), stopToken);
        InterfaceNames.Check(chosen.Interfaces);
        return await launcher.StartAsync(chosen, stopToken);
    }

    private static async Task TellReadyAsync(
        CommandOutput output, MeshNode node, AcceptMode accept, CancellationToken stopToken)
    {
        var status = await node.StatusAsync(stopToken);
        if (!status.HasMeshKey)
        {
            output.Note("no mesh key: ids, addresses and ports in beacons are public; names, charts and steps are not");
        }

        if (accept == AcceptMode.Always)
        {
            output.Warn("warning: every stranger is accepted to watch (--accept always); good for a lab only");
        }

        var peers = await node.PeersAsync(stopToken);
        if (!peers.Any(peer => peer.Trust == PeerText.Accepted))
        {
            output.Note("nobody is trusted yet; to add a machine, run in another shell: meshnode invite");
        }

        output.Note(ReadyText.Of(status));
    }

    private static async Task<ExitCode> WaitAsync(MeshNode node, CancellationToken stopToken)
    {
        try
        {
            await node.Ended.WaitAsync(stopToken);
            throw new InvalidOperationException("The node ended by itself.");
        }
        catch (OperationCanceledException) when (stopToken.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }
    }
}
