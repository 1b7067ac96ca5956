using System.Globalization;
using Mesh.Core.Control;
using Mesh.Core.Identity;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Hostile;

/// <summary>A node in a process of its own, with what can be seen of it from outside.</summary>
internal sealed class Victim : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MeshProcess _process;
    private readonly ControlClient _control;
    private string _transport = "";

    private Victim(int beaconPort, int periodMs)
    {
        var state = _folder["victim"];
        _process = MeshProcess.StartProgram(
            "Mesh.Tests.dll", state, null, [VictimProgram.Verb, state, $"{beaconPort}", $"{periodMs}"]);
        _control = new ControlClient(
            LocalSocketPath.Choose(state, state, Path.GetTempPath(), Environment.UserName));
        BeaconPort = beaconPort;
    }

    /// <summary>What a watcher joins with.</summary>
    public string InviteCode { get; private set; } = "";

    /// <summary>TCP port of sessions.</summary>
    public int SessionPort { get; private set; }

    /// <summary>TCP port of frames.</summary>
    public int FramePort { get; private set; }

    /// <summary>UDP port of beacons.</summary>
    public int BeaconPort { get; }

    /// <summary>Its incarnation.</summary>
    public ulong Incarnation { get; private set; }

    /// <summary>Its process.</summary>
    public int ProcessId { get; private set; }

    /// <summary>Every UDP port that the process has open, the shared one included.</summary>
    public IReadOnlyList<int> DatagramPorts => OpenPorts.Datagrams(ProcessId);

    /// <summary>Bytes of memory that the process has resident.</summary>
    public long ResidentBytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{ProcessId}/status")
                .First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return 1024 * long.Parse(
                line["VmRSS:".Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Starts one and waits until it is ready.</summary>
    public static async Task<Victim> StartAsync(
        int beaconPort, CancellationToken cancellationToken, int periodMs = 1)
    {
        var victim = new Victim(beaconPort, periodMs);
        var ready = await victim._process.WaitForOutputAsync(
            line => line.StartsWith(VictimProgram.Ready, StringComparison.Ordinal), cancellationToken);
        victim.InviteCode = ready[VictimProgram.Ready.Length..];
        var answer = await victim._control.AskAsync(
            new ControlRequest { Operation = ControlOperation.Status }, cancellationToken);
        var status = answer!.Status!;
        (victim.SessionPort, victim.FramePort) = (status.SessionPort, status.FramePort);
        victim.ProcessId = status.ProcessId;
        victim.Incarnation = status.Incarnation;
        victim._transport = status.Transport;
        return victim;
    }

    /// <summary>Skips the test where the provider has no guard over its connections.</summary>
    public void AssumeGuard() => Assume.That(_transport, Does.StartWith("libzmq"));

    /// <summary>Its counters, as <c>meshnode status</c> shows them.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountersAsync(CancellationToken cancellationToken)
    {
        var answer = await _control.AskAsync(
            new ControlRequest { Operation = ControlOperation.Status }, cancellationToken);
        Assert.That(answer?.Status, Is.Not.Null, "the node answers");
        return answer!.Status!.Counters;
    }

    /// <summary>Has it accept a node, which may then trace and spy.</summary>
    public async Task AcceptAsync(NodeId id, CancellationToken cancellationToken)
    {
        var answer = await _control.AskAsync(
            new ControlRequest { Operation = ControlOperation.Accept, Peer = id.ToString() }, cancellationToken);
        Assert.That(answer?.Peers, Has.Count.EqualTo(1), answer?.Message);
    }

    /// <summary>Looks at its memory until it is told to stop.</summary>
    /// <returns>The most bytes that were resident.</returns>
    public async Task<long> WatchMemoryAsync(CancellationToken stopToken)
    {
        var most = ResidentBytes;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (await timer.WaitForNextTickAsync(stopToken))
            {
                most = Math.Max(most, ResidentBytes);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the attack.
        }

        return most;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
