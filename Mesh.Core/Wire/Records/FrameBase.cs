using Mesh.Core.Wire.MessagePack;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Wire.Records;

/// <summary>Anchors the publisher's monotonic clock, in which all times of a frame are, to its wall clock.</summary>
/// <remarks><c>[wall i64, offset i16, clock i64]</c>, docs/wire-format.md §8.</remarks>
/// <param name="WallMicroseconds">Microseconds since 1970-01-01 UTC, up to the year 9999.</param>
/// <param name="OffsetMinutes">The publisher's minutes east of UTC, −840 to 840.</param>
/// <param name="ClockMicroseconds">The publisher's monotonic clock at that wall time, in microseconds.</param>
internal readonly record struct FrameBase(long WallMicroseconds, short OffsetMinutes, long ClockMicroseconds)
{
    private const int Fields = 3;

    /// <summary>The most that a place on Earth is away from UTC, and that .NET can express.</summary>
    private const short MaxOffsetMinutes = 14 * 60;

    private static readonly long MaxWallMicroseconds =
        (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The base of a frame whose records are stamped by a clock.</summary>
    /// <param name="anchor">Ties that clock to the wall.</param>
    /// <param name="scale">The scale of its stamps.</param>
    public static FrameBase Of(in WallAnchor anchor, in TimestampScale scale) => new(
        anchor.UtcMicroseconds, (short)anchor.UtcOffset.TotalMinutes, scale.ToMicroseconds(anchor.Timestamp));

    /// <summary>Reads a base inside a frame or a snapshot.</summary>
    /// <returns><see langword="false"/> for a malformed base, and for a time or an offset that is none.</returns>
    public static bool TryRead(ref MessageReader reader, out FrameBase frameBase)
    {
        frameBase = default;
        if (!reader.TryReadArray(Fields, out var unknown)
            || !reader.TryReadInt64(out var wall)
            || !reader.TryReadInt16(out var offset)
            || !reader.TryReadInt64(out var clock)
            || !reader.TrySkip(unknown, WireLimits.MaxDepth - 2)
            || wall < 0
            || wall > MaxWallMicroseconds
            || offset is < -MaxOffsetMinutes or > MaxOffsetMinutes)
        {
            return false;
        }

        frameBase = new FrameBase(wall, offset, clock);
        return true;
    }

    /// <summary>Writes the base inside a frame or a snapshot.</summary>
    public void Write(ref MessageWriter writer)
    {
        writer.WriteArrayHeader(Fields);
        writer.WriteSigned(WallMicroseconds);
        writer.WriteSigned(OffsetMinutes);
        writer.WriteSigned(ClockMicroseconds);
    }

    /// <summary>The publisher's local time of a step, for people: it orders nothing.</summary>
    /// <param name="clockMicroseconds">The time of a record, untrusted; what no calendar has is cut.</param>
    public DateTimeOffset ToLocalTime(long clockMicroseconds)
    {
        // Two differences of 64-bit numbers from peers: only wider ones cannot overflow.
        var wall = (Int128)WallMicroseconds + clockMicroseconds - ClockMicroseconds;
        var ticks = (wall * TimeSpan.TicksPerMicrosecond) + DateTime.UnixEpoch.Ticks;
        var offset = TimeSpan.FromMinutes(OffsetMinutes);
        var local = Int128.Clamp(ticks + offset.Ticks, 0, DateTime.MaxValue.Ticks);
        var utc = Int128.Clamp(local - offset.Ticks, 0, DateTime.MaxValue.Ticks);
        return new DateTimeOffset((long)utc, TimeSpan.Zero).ToOffset(offset);
    }
}
