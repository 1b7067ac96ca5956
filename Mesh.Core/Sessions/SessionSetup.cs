using System.Net;
using Mesh.Core.Sealing;

namespace Mesh.Core.Sessions;

/// <summary>What a handshake leaves to the session that follows it.</summary>
internal sealed record SessionSetup
{
    /// <summary>Who is at the other end.</summary>
    public required HandshakePeer Peer { get; init; }

    /// <summary>The way to it. Owned by the session from now on.</summary>
    public required ISessionLink Link { get; init; }

    /// <summary>Seals what is sent. Owned by the session from now on.</summary>
    public required SessionCipher Sending { get; init; }

    /// <summary>Opens what is received. Owned by the session from now on.</summary>
    public required SessionCipher Receiving { get; init; }

    /// <summary>Whether this side dialled.</summary>
    public required bool IsDialled { get; init; }

    /// <summary>The first 8 bytes of the handshake hash: the same on both sides, and no other session's.</summary>
    public required ulong Binding { get; init; }

    /// <summary>The endpoint that was dialled, or the address that the peer dialled from with port 0.</summary>
    public IPEndPoint? Endpoint { get; init; }
}
