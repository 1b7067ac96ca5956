using System.Net;

namespace Mesh.Core.Discovery;

/// <summary>What a node says of itself in a beacon, without keys and signature.</summary>
internal sealed record BeaconContent
{
    /// <summary>The sender's incarnation.</summary>
    public required ulong Incarnation { get; init; }

    /// <summary>Counts the sender's beacons in this incarnation, one for each datagram.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>TCP port of sessions.</summary>
    public required ushort SessionPort { get; init; }

    /// <summary>TCP port of frames.</summary>
    public required ushort FramePort { get; init; }

    /// <summary>UDP port to which answers go.</summary>
    public required ushort PrivatePort { get; init; }

    /// <summary>Session endpoints, at most 4.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints { get; init; } = [];

    /// <summary>Whether the sender asks for answers.</summary>
    public bool IsSeek { get; init; }

    /// <summary>Whether this is an answer to a seek.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>Whether the sender accepts strangers at the moment.</summary>
    public bool AcceptsStrangers { get; init; }
}
