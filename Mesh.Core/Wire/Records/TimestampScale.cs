namespace Mesh.Core.Wire.Records;

/// <summary>Turns the stamps of a <see cref="TimeProvider"/> into the microseconds of the wire.</summary>
internal readonly struct TimestampScale
{
    private const long MicrosecondsPerSecond = 1_000_000;
    private const long NanosecondsPerMicrosecond = 1_000;

    private readonly long _frequency;
    private readonly long _ticksPerMicrosecond;

    /// <summary>Makes the scale of a clock.</summary>
    /// <param name="frequency">Stamps a second: <see cref="TimeProvider.TimestampFrequency"/>, at least 1.</param>
    public TimestampScale(long frequency)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frequency);
        _frequency = frequency;
        _ticksPerMicrosecond = frequency % MicrosecondsPerSecond == 0 ? frequency / MicrosecondsPerSecond : 0;
    }

    /// <summary>A stamp in microseconds, rounded towards zero.</summary>
    public long ToMicroseconds(long timestamp) => _ticksPerMicrosecond switch
    {
        // Linux stamps nanoseconds, and a division by a constant is a multiplication.
        NanosecondsPerMicrosecond => timestamp / NanosecondsPerMicrosecond,
        > 0 => timestamp / _ticksPerMicrosecond,
        _ => (long)((Int128)timestamp * MicrosecondsPerSecond / _frequency),
    };
}
