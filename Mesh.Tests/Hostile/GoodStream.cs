using Mesh.Core;
using Mesh.Core.Foreign;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Hostile;

/// <summary>A trusted reader of the victim in this process: what it loses and how long steps take to it.</summary>
internal sealed class GoodStream : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lock _gate = new();
    private List<double> _delays = [];
    private ulong _next;
    private long _steps;
    private long _missing;
    private MeshNode? _node;

    /// <summary>Steps that came, in order.</summary>
    public long Steps => Interlocked.Read(ref _steps);

    /// <summary>Steps and records that did not come.</summary>
    public long Missing => Interlocked.Read(ref _missing);

    /// <summary>The watching node.</summary>
    public MeshNode Node => _node!;

    /// <summary>Joins a node and watches it, and waits until steps come.</summary>
    public static async Task<GoodStream> StartAsync(string inviteCode, CancellationToken cancellationToken)
    {
        var stream = new GoodStream();
        var options = new MeshOptions { StateFolder = stream._folder["reader"], Name = "reader", Beacons = false };
        stream._node = await MeshNode.StartAsync(options, new MeshPlatform(TimeProvider.System), cancellationToken);
        _ = await stream._node.JoinAsync(inviteCode, cancellationToken);
        stream._node.View.Stepped += stream.OnStep;
        stream._node.View.RecordsMissing += (_, _) => Interlocked.Increment(ref stream._missing);
        stream._node.View.StepsMissing += (_, _) => Interlocked.Increment(ref stream._missing);
        _ = await stream._node.WatchAsync(null, cancellationToken);
        _ = await Eventually.GetAsync(() => stream.Steps, steps => steps > 100, cancellationToken);
        return stream;
    }

    /// <summary>Runs the stream for a while.</summary>
    /// <returns>The time from a step to its coming here.</returns>
    public async Task<StreamDelay> MeasureAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        TakeDelays();
        using var timer = new PeriodicTimer(length);
        await timer.WaitForNextTickAsync(cancellationToken);
        var delays = TakeDelays();
        delays.Sort();
        Assert.That(delays, Has.Count.GreaterThan(20), "the stream goes on");
        return new StreamDelay(delays[delays.Count / 2], delays[(int)(delays.Count * 0.99)]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        _folder.Dispose();
    }

    private List<double> TakeDelays()
    {
        lock (_gate)
        {
            (var delays, _delays) = (_delays, []);
            return delays;
        }
    }

    private void OnStep(ForeignHsm hsm, ForeignStep step)
    {
        var delay = (TimeProvider.System.GetUtcNow() - step.Time).TotalMilliseconds;
        Interlocked.Add(ref _missing, _steps > 0 ? (long)(step.Number - _next) : 0);
        _next = step.Number + 1;
        Interlocked.Increment(ref _steps);
        lock (_gate)
        {
            _delays.Add(delay);
        }
    }
}
