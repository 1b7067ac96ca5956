using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Threading.Channels;
using Mesh.Core.Foreign;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Node.Watching;

/// <summary>Takes what happens to charts off the node's loop, for a slow reader.</summary>
/// <remarks>
/// The loop must not wait, so the queue is bounded: when the reader is too slow, steps are left away, counted, and told
/// as missing as soon as there is room again. One reader.
/// </remarks>
internal sealed class StepFeed : IDisposable
{
    /// <summary>News that may wait for the reader.</summary>
    public const int MaxWaiting = 16_384;

    private const string TooSlow = "output-too-slow";

    private static readonly TimeSpan SnapshotPatience = TimeSpan.FromMilliseconds(100);

    private readonly MeshView _view;
    private readonly IReadOnlyList<ChartPattern> _patterns;
    private readonly Lanes _lanes;
    private readonly bool _withSnapshots;
    private readonly ITimer _idle;
    private readonly Channel<ChartNews> _news = Channel.CreateBounded<ChartNews>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private readonly Lock _gate = new();
    private readonly HashSet<ForeignHsm> _followed = [];
    private readonly HashSet<ForeignHsm> _unshown = [];
    private readonly Dictionary<ForeignHsm, ulong> _shownAfter = [];
    private readonly Dictionary<ForeignHsm, ulong> _leftAway = [];
    private readonly List<string> _spyLines = [];
    private string? _traceLine;

    /// <summary>Begins to listen; to be made before the view is filled.</summary>
    /// <param name="view">Where things happen.</param>
    /// <param name="patterns">Which charts; none for all.</param>
    /// <param name="lanes">What is wanted of each step.</param>
    /// <param name="withSnapshots">Whether charts that are there already are told.</param>
    /// <param name="time">For charts that do nothing at first.</param>
    public StepFeed(
        MeshView view, IReadOnlyList<ChartPattern> patterns, Lanes lanes, bool withSnapshots, TimeProvider time)
    {
        _view = view;
        _patterns = patterns;
        _lanes = lanes;
        _withSnapshots = withSnapshots;
        _idle = time.CreateTimer(_ => ShowIdle(), null, SnapshotPatience, SnapshotPatience);
        view.ChartAppeared += OnAppeared;
        view.Stepped += OnStepped;
        view.StepsMissing += OnMissing;
        view.ChartEnded += OnEnded;
    }

    /// <summary>How many charts were found so far.</summary>
    public int ChartCount
    {
        get
        {
            lock (_gate)
            {
                return _followed.Count;
            }
        }
    }

    /// <summary>Waits until there is news.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(CancellationToken cancellationToken) =>
        await _news.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes the oldest news.</summary>
    public bool TryRead([MaybeNullWhen(false)] out ChartNews news) => _news.Reader.TryRead(out news);

    /// <summary>Listens no more.</summary>
    public void Dispose()
    {
        _view.ChartAppeared -= OnAppeared;
        _view.Stepped -= OnStepped;
        _view.StepsMissing -= OnMissing;
        _view.ChartEnded -= OnEnded;
        _idle.Dispose();
    }

    /// <summary>Whether a step is a line of the trace.</summary>
    internal static bool IsTraced(in ForeignStep step) => step.Kind == StepKind.Start
        || (step.Kind == StepKind.Step && step.Outcome is OutcomeKind.Transition or OutcomeKind.Dynamic);

    /// <summary>A word of an enumeration as it is printed: <c>not-read</c>.</summary>
    internal static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private void OnAppeared(ForeignHsm hsm)
    {
        if (_patterns.Count > 0 && !_patterns.Any(pattern => pattern.Matches(hsm.PeerName, hsm.Name)))
        {
            return;
        }

        if (_lanes.HasFlag(Lanes.Trace))
        {
            hsm.LiveTrace = line => _traceLine = line;
        }

        if (_lanes.HasFlag(Lanes.Spy))
        {
            hsm.LiveSpy = _spyLines.Add;
        }

        lock (_gate)
        {
            _ = _followed.Add(hsm);
            if (_withSnapshots)
            {
                _ = _unshown.Add(hsm);
            }
        }
    }

    // The lines of a step were told to the callbacks of the chart just before.
    private void OnStepped(ForeignHsm hsm, ForeignStep step)
    {
        var news = new ChartNews(NewsKind.Step, hsm)
        {
            Step = step,
            TraceLine = _traceLine,
            SpyLines = _spyLines.Count > 0 ? [.. _spyLines] : [],
        };
        _traceLine = null;
        _spyLines.Clear();
        lock (_gate)
        {
            if (!_followed.Contains(hsm) || (_shownAfter.TryGetValue(hsm, out var shown) && step.Number <= shown))
            {
                return;
            }

            if (_unshown.Remove(hsm) && step.Number > 0)
            {
                Tell(new ChartNews(NewsKind.Snapshot, hsm) { State = step.From, Step = step });
            }

            if (_lanes != Lanes.Trace || IsTraced(step))
            {
                Tell(news);
            }
        }
    }

    private void OnMissing(ForeignHsm hsm, StepGap gap) =>
        TellFollowed(new ChartNews(NewsKind.Gap, hsm) { MissingSteps = gap.Count, Reason = Word(gap.Reason) });

    private void OnEnded(ForeignHsm hsm) =>
        TellFollowed(new ChartNews(NewsKind.Ended, hsm) { Reason = Word(hsm.End) });

    // A chart that makes no step is shown as it stands. One that makes a step just now is left for the next time, or
    // was caught with that step made and not told yet: then the step is part of what is shown.
    private void ShowIdle()
    {
        lock (_gate)
        {
            foreach (var hsm in _unshown.ToArray())
            {
                var lastStep = hsm.LastStep;
                var state = hsm.StateName;
                if (state.Length > 0 && lastStep is { } shown && hsm.LastStep == lastStep)
                {
                    _ = _unshown.Remove(hsm);
                    _shownAfter[hsm] = shown;
                    Tell(new ChartNews(NewsKind.Snapshot, hsm) { State = state });
                }
            }
        }
    }

    private void TellFollowed(in ChartNews news)
    {
        lock (_gate)
        {
            if (_followed.Contains(news.Hsm))
            {
                Tell(news);
            }
        }
    }

    private void Tell(in ChartNews news)
    {
        if (_leftAway.TryGetValue(news.Hsm, out var missing)
            && _news.Writer.TryWrite(
                new ChartNews(NewsKind.Gap, news.Hsm) { MissingSteps = missing, Reason = TooSlow }))
        {
            _ = _leftAway.Remove(news.Hsm);
        }

        var steps = news.Kind == NewsKind.Gap ? news.MissingSteps : 1;
        if (_leftAway.ContainsKey(news.Hsm) || !_news.Writer.TryWrite(news))
        {
            _leftAway[news.Hsm] = _leftAway.GetValueOrDefault(news.Hsm) + steps;
        }
    }
}
