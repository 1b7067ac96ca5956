using System.CommandLine;
using Mesh.Core;
using Mesh.Node.Hosting;
using Mesh.Node.Output;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode peers</c>: who is there, and who may what.</summary>
internal static class PeersCommand
{
    // Without a running node nobody has listened so far; nodes answer a newcomer well within this time.
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(1);

    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var mesh = new MeshChoice();
        var command = new Command("peers", "Show who is there; accept, reject, block or forget nodes.")
        {
            new OutputOption(OutputFormat.Text, OutputFormat.Json),
            List(context, "list", "Show every node that is known.", _ => true),
            List(context, "pending", "Show the nodes that wait for a decision.", IsPending),
            Accept(context),
            Decide(context, "reject", "Never let a node in.", "rejected", Reject),
            Decide(context, "block", "Take an acceptance back; keys change before the next frame.", "blocked", Block),
            Decide(context, "forget", "Delete what was decided about a node.", "forgotten", Forget),
            Add(context),
        };
        mesh.AddTo(command);
        command.SetAction(async (result, stopToken) =>
            (int)await ListAsync(context, mesh, result, _ => true, stopToken));
        return command;
    }

    private static bool IsPending(PeerStatus peer) => peer.Trust == PeerText.Pending;

    private static Command List(CommandContext context, string name, string description, Predicate<PeerStatus> isShown)
    {
        var mesh = new MeshChoice();
        var command = new Command(name, description) { new OutputOption(OutputFormat.Text, OutputFormat.Json) };
        mesh.AddTo(command);
        command.SetAction(async (result, stopToken) =>
            (int)await ListAsync(context, mesh, result, isShown, stopToken));
        return command;
    }

    private static async Task<ExitCode> ListAsync(
        CommandContext context,
        MeshChoice mesh,
        ParseResult result,
        Predicate<PeerStatus> isShown,
        CancellationToken stopToken)
    {
        var launcher = new NodeLauncher(context);
        var peers = await launcher.Owner.PeersAsync(stopToken)
            ?? await ListenAsync(context, launcher, mesh, result, stopToken);
        PeerList.Print(context.Output, [.. peers.Where(peer => isShown(peer))]);
        return ExitCode.Ok;
    }

    private static async Task<IReadOnlyList<PeerStatus>> ListenAsync(
        CommandContext context,
        NodeLauncher launcher,
        MeshChoice mesh,
        ParseResult result,
        CancellationToken stopToken)
    {
        var options = await mesh.ApplyAsync(result, launcher.Options(MeshRole.Guest), stopToken);
        await using var node = await launcher.StartAsync(options, stopToken);
        await Task.Delay(Listening, context.Services.Time, stopToken);
        return await node.PeersAsync(stopToken);
    }

    private static Command Accept(CommandContext context)
    {
        var rights = new RightsOption("What the node may do here");
        var command = Decide(
            context, "accept", "Let a node watch, or do what the rights say.", "accepted",
            (owner, guest, name, result, stopToken) => guest is null
                ? owner.AcceptAsync(name, rights.Read(result), stopToken)
                : Found(guest.AcceptAsync(name, rights.Read(result), stopToken)));
        command.Add(rights);
        return command;
    }

    private static Task<PeerStatus?> Reject(
        MeshOwner owner, MeshNode? guest, string name, ParseResult result, CancellationToken stopToken) =>
        guest is null ? owner.RejectAsync(name, stopToken) : Found(guest.RejectAsync(name, stopToken));

    private static Task<PeerStatus?> Block(
        MeshOwner owner, MeshNode? guest, string name, ParseResult result, CancellationToken stopToken) =>
        guest is null ? owner.BlockAsync(name, stopToken) : Found(guest.BlockAsync(name, stopToken));

    private static Task<PeerStatus?> Forget(
        MeshOwner owner, MeshNode? guest, string name, ParseResult result, CancellationToken stopToken) =>
        guest is null ? owner.ForgetAsync(name, stopToken) : Found(guest.ForgetAsync(name, stopToken));

    private static async Task<PeerStatus?> Found(Task<PeerStatus> changing) => await changing;

    private static Command Decide(
        CommandContext context, string verb, string description, string done, PeerDecision decision)
    {
        var name = new Argument<string>("NAME") { Description = "Name of the node, its id, or how the id begins" };
        var command = new Command(verb, description)
        {
            name,
            new OutputOption(OutputFormat.Text, OutputFormat.Json),
        };
        command.SetAction(async (result, stopToken) =>
        {
            var peer = await DecideAsync(context, decision, result.GetValue(name)!, result, stopToken);
            PeerList.PrintChange(context.Output, peer, done);
            return (int)ExitCode.Ok;
        });
        return command;
    }

    // The running node decides; without one this process does, under the lock that the node would hold.
    private static async Task<PeerStatus> DecideAsync(
        CommandContext context, PeerDecision decision, string name, ParseResult result, CancellationToken stopToken)
    {
        var launcher = new NodeLauncher(context);
        if (await decision(launcher.Owner, null, name, result, stopToken) is { } decided)
        {
            return decided;
        }

        var options = launcher.Options(MeshRole.Guest) with { Beacons = false };
        await using var guest = await launcher.StartAsync(options, stopToken);
        return (await decision(launcher.Owner, guest, name, result, stopToken))!;
    }

    private static Command Add(CommandContext context)
    {
        var address = new Argument<HostAddress>("HOST:PORT")
        {
            Description = "Where the node listens for sessions",
            CustomParser = result => MeshChoice.Parse(result.AddError, result.Tokens[0].Value),
        };
        var command = new Command("add", "Let the running node dial an address, whatever the beacons say.") { address };
        command.SetAction(async (result, stopToken) =>
            (int)await AddAsync(context, result.GetValue(address)!, stopToken));
        return command;
    }

    private static async Task<ExitCode> AddAsync(
        CommandContext context, HostAddress address, CancellationToken stopToken)
    {
        var owner = new NodeLauncher(context).Owner;
        foreach (var endpoint in await address.ResolveAsync(stopToken))
        {
            if (!await owner.AddPeerAsync(endpoint, stopToken))
            {
                return context.Output.Fail(ExitCode.NoDaemon, NodeHints.NotRunning);
            }
        }

        context.Output.Note($"{address} is dialled until the node ends; after that: meshnode up --peer {address}");
        return ExitCode.Ok;
    }
}
