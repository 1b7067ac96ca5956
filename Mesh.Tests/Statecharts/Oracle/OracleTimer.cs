namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>One timed post.</summary>
internal sealed class OracleTimer(SpecAction post, int nowMs)
{
    private int _fired;

    /// <summary>The signal that is posted.</summary>
    public string Signal => post.Text;

    /// <summary>Whether it is posted to the front of the queue.</summary>
    public bool IsLifo => post.Kind == SpecActionKind.TimedLifo;

    /// <summary>The name under which the post can be cancelled.</summary>
    public string Slot => post.Slot;

    /// <summary>When it fires next, in milliseconds since the start of the run.</summary>
    public int DueMs { get; private set; } = nowMs + (post.Deferred ? post.PeriodMs : 0);

    /// <summary>Counts a firing.</summary>
    /// <returns>Whether there is another one to come.</returns>
    public bool Advance()
    {
        _fired++;
        DueMs += post.PeriodMs;
        return post.Number == 0 || _fired < post.Number;
    }
}
