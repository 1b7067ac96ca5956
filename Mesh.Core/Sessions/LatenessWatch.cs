namespace Mesh.Core.Sessions;

/// <summary>Notices that this node's own timer was late: the machine slept, or the loop was held up.</summary>
/// <param name="tolerance">How late is still on time.</param>
internal sealed class LatenessWatch(TimeSpan tolerance)
{
    private TimeSpan _expected = TimeSpan.MaxValue;

    /// <summary>How often the timer was late.</summary>
    public long LateCount { get; private set; }

    /// <summary>Notes when the loop means to come back at the latest.</summary>
    /// <param name="deadline">The deadline given to the loop.</param>
    public void Expect(TimeSpan deadline) => _expected = deadline;

    /// <summary>The loop came back.</summary>
    /// <param name="now">When.</param>
    /// <returns>Whether it came back later than it may.</returns>
    public bool IsLate(TimeSpan now)
    {
        var isLate = _expected != TimeSpan.MaxValue && now - _expected > tolerance;
        LateCount += isLate ? 1 : 0;
        return isLate;
    }
}
