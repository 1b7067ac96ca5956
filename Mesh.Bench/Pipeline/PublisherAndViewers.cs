using System.Diagnostics;
using System.Globalization;
using Mesh.Bench.Processes;

namespace Mesh.Bench.Pipeline;

/// <summary>A publisher and its viewers, each in a process of its own, and the counters between them.</summary>
internal sealed class PublisherAndViewers : IDisposable
{
    // So much may be under way: about 90 full frames of the mesh, below the high-water marks of the sockets.
    private const long StepWindow = 512 * 1_024;
    private const long MessageWindow = 96;

    private static readonly TimeSpan Ramp = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _folder;
    private readonly ChildProcess _publisher;
    private readonly List<ChildProcess> _viewers = [];

    private PublisherAndViewers(string publisher, string viewer, ChildSettings settings)
    {
        _folder = Directory.CreateTempSubdirectory("mesh-bench-").FullName;
        Settings = settings with
        {
            Counters = Path.Combine(_folder, "counters"),
            Folder = Path.Combine(_folder, "publisher"),
        };
        Counters = new SharedCounters(Settings.Counters)
        {
            Window = publisher == nameof(MeshPublisher) && settings.Feed == FeedKind.Records
                ? StepWindow
                : MessageWindow,
        };
        _publisher = new ChildProcess(publisher, Settings);
        var port = int.Parse(_publisher.Ask("port"), CultureInfo.InvariantCulture);
        for (var number = 0; number < settings.Viewers; number++)
        {
            var folder = Path.Combine(_folder, $"viewer{number}");
            _viewers.Add(new ChildProcess(viewer, Settings with { Folder = folder, Viewer = number, Port = port }));
        }
    }

    /// <summary>How the children were set up.</summary>
    public ChildSettings Settings { get; }

    /// <summary>What the children count.</summary>
    public SharedCounters Counters { get; }

    /// <summary>Whether nothing was missed so far, by any viewer.</summary>
    public bool IsComplete => Enumerable.Range(0, _viewers.Count).All(viewer => Counters.Missed(viewer) == 0);

    /// <summary>Steps that were missed so far, by all viewers.</summary>
    public long Missed => Enumerable.Range(0, _viewers.Count).Sum(Counters.Missed);

    /// <summary>Steps that were published and are not in every view yet.</summary>
    public long Unseen => Math.Max(0, Counters.Published - Counters.SeenByAll(_viewers.Count));

    /// <summary>Starts a node that publishes and nodes that watch it.</summary>
    public static PublisherAndViewers Mesh(ChildSettings settings)
    {
        var started = new PublisherAndViewers(nameof(MeshPublisher), nameof(MeshViewer), settings);
        WaitFor(() => started._viewers.All(viewer => viewer.AskNumber("charts") >= settings.Charts));
        started.Settle();
        return started;
    }

    /// <summary>Starts plain ZeroMQ.</summary>
    public static PublisherAndViewers Plain(ChildSettings settings)
    {
        var started = new PublisherAndViewers(nameof(PlainPublisher), nameof(PlainSubscriber), settings);

        // Nothing tells a publisher's user that the subscription has arrived.
        Thread.Sleep(Ramp);
        return started;
    }

    /// <summary>Settings for children; folders are chosen here.</summary>
    public static ChildSettings Want() => new() { Folder = string.Empty, Counters = string.Empty };

    /// <summary>Says a line to the publisher.</summary>
    public string Ask(string line) => _publisher.Ask(line);

    /// <summary>What a viewer says of itself.</summary>
    public string AskViewer(string line) => _viewers[0].Ask(line);

    /// <summary>Publishes at full speed.</summary>
    /// <param name="duration">How long to measure, after a start that does not count.</param>
    /// <returns>What it came to.</returns>
    public PipelineRate Measure(TimeSpan duration)
    {
        Counters.Limit = long.MaxValue;
        Ask("go");
        Thread.Sleep(Ramp);
        var rate = Watch(duration);
        Counters.Limit = 0;
        Settle();
        return rate;
    }

    /// <summary>Looks how much comes to be seen.</summary>
    /// <param name="duration">How long.</param>
    public PipelineRate Watch(TimeSpan duration)
    {
        var (begin, seen) = (Stopwatch.GetTimestamp(), Counters.SeenByAll(_viewers.Count));
        var (published, viewed) = (_publisher.ProcessorTime, _viewers[0].ProcessorTime);
        Thread.Sleep(duration);
        var count = Counters.SeenByAll(_viewers.Count) - seen;
        var elapsed = Stopwatch.GetElapsedTime(begin);
        return new PipelineRate(
            count / elapsed.TotalSeconds,
            (_publisher.ProcessorTime - published).TotalNanoseconds / Math.Max(count, 1),
            (_viewers[0].ProcessorTime - viewed).TotalNanoseconds / Math.Max(count, 1));
    }

    /// <summary>Looks how many steps come to be seen, those not counted that are missed.</summary>
    /// <param name="duration">How long.</param>
    public double WatchSteps(TimeSpan duration)
    {
        var missed = Counters.Missed(0);
        var rate = Watch(duration).PerSecond;
        return rate - ((Counters.Missed(0) - missed) / duration.TotalSeconds);
    }

    /// <summary>Waits until the viewers have seen, or missed, all that was published.</summary>
    /// <returns>Whether that happened.</returns>
    public bool Settle() => WaitFor(
        () => Enumerable.Range(0, _viewers.Count).All(
            viewer => Counters.Seen(viewer) >= Counters.Published));

    /// <summary>Whether each view ends with the same steps as the charts, and missed none on the way.</summary>
    public bool IsWorkRight()
    {
        var isSettled = Settle();
        var digest = Ask("digest");
        return isSettled && IsComplete && _viewers.All(viewer => viewer.Ask("digest") == digest);
    }

    public void Dispose()
    {
        foreach (var viewer in _viewers)
        {
            viewer.Dispose();
        }

        _publisher.Dispose();
        Counters.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool WaitFor(Func<bool> condition)
    {
        var begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(begin) > Patience)
            {
                return false;
            }

            Thread.Sleep(5);
        }

        return true;
    }
}
