using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Wire.Records;

namespace Mesh.Core.Logs;

/// <summary>What this node's log is made of.</summary>
internal sealed record NodeLogSetup
{
    /// <summary>The source of keys, nonces and topics.</summary>
    public required IPrimitives Primitives { get; init; }

    /// <summary>Who signs the frames.</summary>
    public required NodeIdentity Identity { get; init; }

    /// <summary>The incarnation whose log it is.</summary>
    public required ulong Incarnation { get; init; }

    /// <summary>The scale of the stamps that the charts' steps carry.</summary>
    public required TimestampScale Scale { get; init; }

    /// <summary>How much of each lane is kept.</summary>
    public FrameRingLimits Limits { get; init; } = new();

    /// <summary>Counts what readers asked for in vain; lives as long as the node.</summary>
    public RequestRefusals Refusals { get; init; } = new();

    /// <summary>How long its keys are used.</summary>
    public EpochLimits Epochs { get; init; } = new();
}
