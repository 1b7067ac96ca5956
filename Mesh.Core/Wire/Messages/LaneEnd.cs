namespace Mesh.Core.Wire.Messages;

/// <summary>Whether more frames will come on a lane of an incarnation (docs/wire-format.md §5).</summary>
internal enum LaneEnd : byte
{
    Live = 0,

    /// <summary>The node was stopped, and the last frame is the last there was.</summary>
    EndedClean = 1,

    /// <summary>The incarnation is over; whether frames are missing at its end is not known.</summary>
    Unknown = 2,
}
