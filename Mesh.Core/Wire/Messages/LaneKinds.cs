namespace Mesh.Core.Wire.Messages;

/// <summary>What a lane carries; several in a request, one in a lane's descriptor (docs/wire-format.md §5).</summary>
[Flags]
internal enum LaneKinds : byte
{
    None = 0,

    /// <summary>Every step, with its notes.</summary>
    Spy = 1,

    /// <summary>The steps that took a transition, without guards and notes.</summary>
    Trace = 2,
}
