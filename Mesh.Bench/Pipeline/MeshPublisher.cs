using System.Globalization;
using Mesh.Bench.Processes;
using Mesh.Core;

namespace Mesh.Bench.Pipeline;

/// <summary>A node that publishes.</summary>
internal sealed class MeshPublisher : IChildRole
{
    private const int LossSeed = 20;

    private readonly SharedCounters _counters;
    private readonly IFeeder _feeder;
    private readonly MeshNode _node;
    private readonly Action _wake;

    public MeshPublisher(ChildSettings settings)
    {
        _counters = new SharedCounters(settings.Counters);
        _feeder = settings.Feed switch
        {
            FeedKind.Live => new LiveFeeder(_counters, settings),
            FeedKind.Frames => new FrameFeeder(_counters, settings),
            FeedKind.Beats => new BeatFeeder(_counters),
            _ => new RecordFeeder(_counters, settings),
        };
        var losses = settings.LossPercent == 0 ? null : new Random(LossSeed);
        var transport = new TurnTransport(MeshLibraries.CreateTransport(), losses, settings.LossPercent / 100.0);
        _node = BenchNode.Start("publisher", settings, transport);
        _feeder.Host(_node);
        transport.Turn = _feeder.Turn;
        _wake = transport.Wake;
    }

    public string Answer(string line)
    {
        var words = line.Split(' ');
        switch (words[0])
        {
            case "port":
                return _node.SessionPort.ToString(CultureInfo.InvariantCulture);
            case "go":
                _wake();
                return ChildProcess.Done;
            case "digest":
                return _feeder.Digest().ToString(CultureInfo.InvariantCulture);
            default:
                return _feeder.Answer(words);
        }
    }

    public void Dispose()
    {
        _feeder.Dispose();
        _node.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _counters.Dispose();
    }
}
