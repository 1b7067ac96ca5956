namespace Mesh.Core;

/// <summary>What a running node says of itself, at one moment.</summary>
public sealed record NodeStatus
{
    /// <summary>The node's label.</summary>
    public required string Name { get; init; }

    /// <summary>The node id, 32 base-32 characters in groups of 4.</summary>
    public required string Id { get; init; }

    /// <summary>The process that owns the state folder.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The incarnation of this run.</summary>
    public required ulong Incarnation { get; init; }

    /// <summary>TCP port of sessions.</summary>
    public required int SessionPort { get; init; }

    /// <summary>TCP port of frames.</summary>
    public required int FramePort { get; init; }

    /// <summary>UDP port of beacons, or 0 when they are off.</summary>
    public required int BeaconPort { get; init; }

    /// <summary>Milliseconds since the node was ready.</summary>
    public required double UptimeMs { get; init; }

    /// <summary>The ZeroMQ provider and its version.</summary>
    public required string Transport { get; init; }

    /// <summary>The provider of the primitives and its version.</summary>
    public required string Primitives { get; init; }

    /// <summary>Which mesh: the first characters of the mesh id.</summary>
    public required string Mesh { get; init; }

    /// <summary>Whether a mesh key hides names and ids from outsiders.</summary>
    public required bool HasMeshKey { get; init; }

    /// <summary>Interfaces that beacons are sent on, as <c>name address</c>.</summary>
    public IReadOnlyList<string> Interfaces { get; init; } = [];

    /// <summary>Names of the charts that the node hosts.</summary>
    public IReadOnlyList<string> Charts { get; init; } = [];

    /// <summary>Every counter by name, the reasons to drop included; counts since the start.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();
}
