namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>The spy, the trace and the live output of one chart, with the ring sizes of miros.</summary>
/// <param name="name">The name of the chart, for the trace.</param>
internal sealed class OracleLog(string name)
{
    private const int MaxSpyLines = 500;
    private const int MaxTraceLines = 500;
    private const int MaxStepLines = 250;

    private readonly List<string> _step = [];
    private readonly List<string> _spy = [];
    private readonly List<string> _trace = [];
    private readonly List<string> _live = [];
    private bool _hasLiveTrace;

    /// <summary>The lines of the spy.</summary>
    public IReadOnlyList<string> Spy => _spy;

    /// <summary>The lines of the trace, without time stamps.</summary>
    public IReadOnlyList<string> Trace => _trace;

    /// <summary>What was given to the two live callbacks, in order: <c>S</c> for spy, <c>T</c> for trace.</summary>
    public IReadOnlyList<string> Live => _live;

    /// <summary>Writes a line of the step that is running.</summary>
    public void Write(string line) => Push(_step, line, MaxStepLines);

    /// <summary>Ends a step.</summary>
    /// <param name="transition">The middle of the trace line; null when the step has none.</param>
    /// <param name="queueLine">What is left in the queues; null when the chart has none.</param>
    public void EndStep(string? transition, string? queueLine)
    {
        if (transition is not null)
        {
            var line = $"[{name}] {transition}";
            Push(_trace, line, MaxTraceLines);
            _live.Add($"T {(_hasLiveTrace ? "\n" : "")}[<ts>] {line}\n");
            _hasLiveTrace = true;
        }

        if (queueLine is not null)
        {
            _step.Add(queueLine);
        }

        _step.ForEach(line => Push(_spy, line, MaxSpyLines));

        // The live output is taken from the log of the step, in which the queue line costs the oldest one its place.
        _live.AddRange(_step.TakeLast(MaxStepLines).Select(line => $"S {line}"));
        _step.Clear();
    }

    /// <summary>Empties the spy.</summary>
    public void ClearSpy() => _spy.Clear();

    /// <summary>Empties the trace.</summary>
    public void ClearTrace() => _trace.Clear();

    private static void Push(List<string> ring, string line, int maxLines)
    {
        if (ring.Count == maxLines)
        {
            ring.RemoveAt(0);
        }

        ring.Add(line);
    }
}
