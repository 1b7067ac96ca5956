using Mesh.Core.Wire.Records;

namespace Mesh.Core.Logs;

/// <summary>Where a record stands: which lane, which number, and on which clocks.</summary>
internal struct RecordPlace
{
    /// <summary>The incarnation of the publisher.</summary>
    public ulong Incarnation;

    /// <summary>The lane.</summary>
    public ushort Lane;

    /// <summary>The number of the record within the lane, from 1.</summary>
    public ulong Record;

    /// <summary>The publisher's clocks, as its frame gave them.</summary>
    public FrameBase Base;
}
