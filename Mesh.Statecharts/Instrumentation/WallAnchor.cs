using System.Globalization;
using System.Runtime.CompilerServices;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>Ties monotonic timestamps to the wall clock of the machine that took them; text shows that machine's local
/// time.</summary>
/// <remarks>
/// Timestamps count as the whole microseconds since the clock's zero, as they travel: so text made here and text made
/// from what travelled is the same, whatever the clock's frequency.
/// </remarks>
/// <param name="UtcMicroseconds">Microseconds since 1970-01-01 UTC at <paramref name="Timestamp"/>.</param>
/// <param name="UtcOffset">What local time was ahead of UTC.</param>
/// <param name="Timestamp">A timestamp of that moment.</param>
/// <param name="Frequency">How many timestamp units a second has; more than 0.</param>
public readonly record struct WallAnchor(long UtcMicroseconds, TimeSpan UtcOffset, long Timestamp, long Frequency)
{
    /// <summary>The length of <see cref="Format"/>'s text: <c>YYYY-MM-DD HH:MM:SS.ffffff</c>.</summary>
    public const int TextLength = 26;

    private const long MicrosecondsPerSecond = 1_000_000;
    private const int MaxTries = 8;

    // A wall clock that is off by less is slewing; the texts of steps stay the same everywhere meanwhile.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(10);

    // Between two reads of the clocks: a thread that was put to sleep there is to read them again.
    private static readonly TimeSpan NarrowRead = TimeSpan.FromMicroseconds(50);

    private static readonly ConditionalWeakTable<TimeProvider, StrongBox<WallAnchor>> Anchors = [];

    /// <summary>The anchor of a clock: the same one for everybody who asks, as long as it is right.</summary>
    /// <remarks>
    /// It is taken anew when the wall clock was set by 10 ms or more, or local time by any; who has asked before keeps
    /// the old one. Thread-safe.
    /// </remarks>
    /// <param name="timeProvider">The clock that stamps the steps.</param>
    /// <returns>The anchor.</returns>
    public static WallAnchor Of(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        var fresh = Read(timeProvider);
        var shared = Anchors.GetValue(timeProvider, _ => new StrongBox<WallAnchor>(fresh));
        lock (shared)
        {
            if (!shared.Value.AgreesWith(fresh))
            {
                shared.Value = fresh;
            }

            return shared.Value;
        }
    }

    /// <summary>The local time of a timestamp, cut to microseconds.</summary>
    /// <param name="timestamp">Any timestamp; one beyond the calendar shows its first or last moment.</param>
    /// <returns>Text of <see cref="TextLength"/> characters.</returns>
    public string Format(long timestamp)
    {
        var since = Microseconds(timestamp) - Microseconds(Timestamp);
        var ticks = (((Int128)UtcMicroseconds + since) * TimeSpan.TicksPerMicrosecond) + UtcOffset.Ticks
            + DateTime.UnixEpoch.Ticks;
        var local = new DateTime((long)Int128.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));
        return local.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
    }

    private static WallAnchor Read(TimeProvider timeProvider)
    {
        var best = default(WallAnchor);
        var narrowest = TimeSpan.MaxValue;
        for (var count = 0; count < MaxTries && narrowest > NarrowRead; count++)
        {
            var before = timeProvider.GetTimestamp();
            var now = timeProvider.GetUtcNow();
            var gap = timeProvider.GetElapsedTime(before);
            if (gap < narrowest)
            {
                narrowest = gap;
                best = new WallAnchor(
                    (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
                    timeProvider.LocalTimeZone.GetUtcOffset(now),
                    before,
                    timeProvider.TimestampFrequency);
            }
        }

        return best;
    }

    private bool AgreesWith(in WallAnchor other)
    {
        var drift = (other.UtcMicroseconds - other.Microseconds(other.Timestamp))
            - (UtcMicroseconds - Microseconds(Timestamp));
        return UtcOffset == other.UtcOffset && Int128.Abs(drift) <= (Int128)Tolerance.TotalMicroseconds;
    }

    // As on the wire, where a stamp is rounded towards zero by itself, and not its distance from another.
    private Int128 Microseconds(long timestamp) =>
        Frequency > 0 ? (Int128)timestamp * MicrosecondsPerSecond / Frequency : 0;
}
