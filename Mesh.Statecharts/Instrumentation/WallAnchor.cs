using System.Globalization;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>Ties monotonic timestamps to the wall clock of the machine that took them; text shows that machine's local
/// time.</summary>
/// <param name="UtcMicroseconds">Microseconds since 1970-01-01 UTC at <paramref name="Timestamp"/>.</param>
/// <param name="UtcOffset">What local time was ahead of UTC.</param>
/// <param name="Timestamp">A timestamp of that moment.</param>
/// <param name="Frequency">How many timestamp units a second has; more than 0.</param>
public readonly record struct WallAnchor(long UtcMicroseconds, TimeSpan UtcOffset, long Timestamp, long Frequency)
{
    /// <summary>The length of <see cref="Format"/>'s text: <c>YYYY-MM-DD HH:MM:SS.ffffff</c>.</summary>
    public const int TextLength = 26;

    /// <summary>An anchor at the present moment.</summary>
    /// <param name="timeProvider">The clock that stamps the steps.</param>
    /// <returns>The anchor.</returns>
    public static WallAnchor Of(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        var now = timeProvider.GetUtcNow();
        return new WallAnchor(
            (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
            timeProvider.LocalTimeZone.GetUtcOffset(now),
            timeProvider.GetTimestamp(),
            timeProvider.TimestampFrequency);
    }

    /// <summary>The local time of a timestamp, cut to microseconds.</summary>
    /// <param name="timestamp">Any timestamp; one beyond the calendar shows its first or last moment.</param>
    /// <returns>Text of <see cref="TextLength"/> characters.</returns>
    public string Format(long timestamp)
    {
        var since = Frequency > 0 ? ((Int128)timestamp - Timestamp) * 1_000_000 / Frequency : 0;
        var ticks = (((Int128)UtcMicroseconds + since) * TimeSpan.TicksPerMicrosecond) + UtcOffset.Ticks
            + DateTime.UnixEpoch.Ticks;
        var local = new DateTime((long)Int128.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));
        return local.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
    }
}
