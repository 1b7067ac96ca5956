using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Hosting;

/// <content>Spy and trace as text, asked for or live.</content>
public abstract partial class HostedChart<TContext>
{
    /// <summary>
    /// Whether each spy line is told to the live spy callback after its step; may be switched while the chart runs.
    /// Goes off
    /// by itself when the callback throws, see <see cref="LiveFailure"/>.
    /// </summary>
    public bool LiveSpy
    {
        get => _live.Spy.IsOn;
        set => _live.Spy.IsOn = value;
    }

    /// <summary>
    /// Whether each trace line is told to the live trace callback after its step, before the spy lines of the step;
    /// may be
    /// switched while the chart runs. Goes off by itself when the callback throws, see <see cref="LiveFailure"/>.
    /// </summary>
    public bool LiveTrace
    {
        get => _live.Trace.IsOn;
        set => _live.Trace.IsOn = value;
    }

    /// <summary>What a live callback threw last; <see langword="null"/> when none did.</summary>
    public Exception? LiveFailure => _live.Spy.Failure ?? _live.Trace.Failure;

    /// <summary>What the chart did, line by line: the last 500 lines since the last clear.</summary>
    /// <returns>The lines; none when the chart is not instrumented.</returns>
    public IReadOnlyList<string> Spy() => _log?.Spy() ?? [];

    /// <summary>The spy lines of the last step; the last 250 of them.</summary>
    /// <returns>The lines; none when the chart is not instrumented or has not started.</returns>
    public IReadOnlyList<string> SpyRtc() => _log?.LastStep(out _) ?? [];

    /// <summary>Which transitions the chart took: a newline, then the last 500 lines, each ended with a
    /// newline.</summary>
    /// <returns>The text; a single newline when there is no line.</returns>
    public string Trace() => _log?.Trace(Name) ?? TraceText.Join([]);

    /// <summary>Empties the spy.</summary>
    public void ClearSpy() => _log?.ClearSpy();

    /// <summary>Empties the trace.</summary>
    public void ClearTrace() => _log?.ClearTrace();

    /// <summary>Sets who is told spy lines while <see cref="LiveSpy"/> is on: one call a line, on the thread that ran
    /// the step.</summary>
    /// <param name="callback">Gets a line without a newline.</param>
    public void RegisterLiveSpyCallback(Action<string> callback) => _live.Spy.Register(callback);

    /// <summary>Sets who is told trace lines while <see cref="LiveTrace"/> is on: one call a line, on the thread that
    /// ran the step.</summary>
    /// <param name="callback">Gets a line that ends with a newline and, from the second step on, also begins with
    /// one.</param>
    public void RegisterLiveTraceCallback(Action<string> callback) => _live.Trace.Register(callback);
}
