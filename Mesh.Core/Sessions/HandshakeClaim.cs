using Mesh.Core.Identity;

namespace Mesh.Core.Sessions;

/// <summary>What the handshake knows about the other side when its hello is to be checked.</summary>
internal readonly ref struct HandshakeClaim
{
    /// <summary>Which side it is.</summary>
    public required HandshakeRole Role { get; init; }

    /// <summary>The handshake hash after the tokens of the message with the hello, 32 bytes.</summary>
    public required ReadOnlySpan<byte> Hash { get; init; }

    /// <summary>The X25519 key that it has proved to hold, 32 bytes.</summary>
    public required ReadOnlySpan<byte> RemoteStaticKey { get; init; }

    /// <summary>This process, which is no peer of itself.</summary>
    public required InstanceKey Self { get; init; }

    /// <summary>The only node that will do, or <see langword="null"/> for anybody.</summary>
    public NodeId? Expected { get; init; }
}
