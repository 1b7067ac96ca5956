namespace Mesh.Core.Wire.Records;

/// <summary>Why the records of a frame, or the rest of them, cannot be read.</summary>
internal enum RecordRefusal
{
    /// <summary>Nothing was refused.</summary>
    None = 0,

    /// <summary>The plaintext is no array of a base and as many records as the frame's header counts.</summary>
    Count,

    /// <summary>The base is malformed, or its time is none.</summary>
    Base,

    /// <summary>A record is not of the form of its kind.</summary>
    Form,

    /// <summary>A record is greater than a record may be.</summary>
    TooLong,

    /// <summary>A chart's first step in the frame is a relative one.</summary>
    RelativeFirst,

    /// <summary>The number or the time of a relative step is beyond 64 bits.</summary>
    Overflow,

    /// <summary>Bytes follow the last record.</summary>
    Trailing,
}
