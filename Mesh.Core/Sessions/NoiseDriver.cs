using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Handshake;

namespace Mesh.Core.Sessions;

/// <summary>What both sides of a handshake do alike: prologue, messages with a hello, the keys at the end.</summary>
/// <remarks>Owned by one handshake, which disposes it.</remarks>
internal sealed class NoiseDriver : IDisposable
{
    private readonly IPrimitives _primitives;
    private readonly LocalNode _local;
    private readonly HandshakeRole _role;
    private readonly NoiseHandshake _noise;

    /// <summary>Begins.</summary>
    /// <param name="primitives">The primitives.</param>
    /// <param name="local">This process.</param>
    /// <param name="role">This side.</param>
    /// <param name="presharedKey">32 bytes; the caller clears its own.</param>
    /// <param name="prologueBytes">The first elements of Init, as sent.</param>
    public NoiseDriver(
        IPrimitives primitives,
        LocalNode local,
        HandshakeRole role,
        ReadOnlySpan<byte> presharedKey,
        ReadOnlySpan<byte> prologueBytes)
    {
        _primitives = primitives;
        _local = local;
        _role = role;
        byte[] key = [.. presharedKey];
        _noise = new NoiseHandshake(primitives, new NoiseParameters
        {
            IsInitiator = role == HandshakeRole.Initiator,
            StaticKey = local.Identity.Agreement,
            PresharedKey = key,
            Prologue = (byte[])[.. "mesh/1"u8, .. prologueBytes],
        });
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Who is at the other end; <see langword="null"/> until its hello has passed.</summary>
    public HandshakePeer? Peer { get; private set; }

    /// <summary>Writes a message without a hello: the first.</summary>
    /// <param name="destination">At least <see cref="NoiseHandshake.MaxOverheadBytes"/>.</param>
    /// <returns>Its length.</returns>
    public int WriteEmpty(Span<byte> destination)
    {
        var result = _noise.WriteMessage([], destination, out var length);
        Debug.Assert(result == NoiseResult.Done, "the first message needs nothing of the other side");
        return length;
    }

    /// <summary>Reads a message without a hello: the first.</summary>
    /// <param name="message">Untrusted, any length.</param>
    /// <returns>Passed, or why not.</returns>
    public HandshakeResult ReadEmpty(ReadOnlySpan<byte> message)
    {
        Span<byte> payload = stackalloc byte[WireLimits.MaxPreSessionMessageBytes];
        if (_noise.ReadMessage(message, payload, out var length) != NoiseResult.Done)
        {
            return HandshakeResult.NotOpened;
        }

        return length == 0 ? HandshakeResult.Passed : HandshakeResult.Malformed;
    }

    /// <summary>Writes a message with this side's hello.</summary>
    /// <param name="destination">At least <see cref="WireLimits.MaxPreSessionMessageBytes"/>.</param>
    /// <param name="length">Its length.</param>
    /// <returns>Passed, or not opened when the other side's key is weak.</returns>
    public HandshakeResult WriteHello(Span<byte> destination, out int length)
    {
        if (_noise.WriteTokens(destination, out length) != NoiseResult.Done)
        {
            return HandshakeResult.NotOpened;
        }

        Span<byte> hello = stackalloc byte[HelloPayload.MaxBytes];
        var helloLength = HandshakeHello.Write(_local, _role, _noise.HandshakeHash, hello);
        length += _noise.WritePayload(hello[..helloLength], destination[length..]);
        return HandshakeResult.Passed;
    }

    /// <summary>Reads a message with the other side's hello, and checks it.</summary>
    /// <param name="message">Untrusted, any length.</param>
    /// <param name="expected">The only node that will do, or <see langword="null"/> for anybody.</param>
    /// <returns>Passed, or why not.</returns>
    public HandshakeResult ReadHello(ReadOnlySpan<byte> message, NodeId? expected)
    {
        if (_noise.ReadTokens(message, out var read) != NoiseResult.Done)
        {
            return HandshakeResult.NotOpened;
        }

        Span<byte> hash = stackalloc byte[HandshakeHello.HashBytes];
        _noise.HandshakeHash.CopyTo(hash);
        Span<byte> payload = stackalloc byte[WireLimits.MaxPreSessionMessageBytes];
        if (_noise.ReadPayload(message[read..], payload, out var length) != NoiseResult.Done)
        {
            return HandshakeResult.NotOpened;
        }

        var claim = new HandshakeClaim
        {
            Role = _role == HandshakeRole.Initiator ? HandshakeRole.Responder : HandshakeRole.Initiator,
            Hash = hash,
            RemoteStaticKey = _noise.RemoteStaticKey,
            Self = _local.InstanceKey,
            Expected = expected,
        };
        var result = HandshakeHello.Check(_primitives, payload[..length], claim, out var peer);
        Peer = peer;
        return result;
    }

    /// <summary>Ends the handshake with its keys.</summary>
    /// <returns>What it gives; the ciphers are the caller's.</returns>
    public HandshakeOutcome Complete()
    {
        var peer = Peer ?? throw new InvalidOperationException("The handshake is not done.");
        _noise.Split(out var sending, out var receiving);
        var binding = BinaryPrimitives.ReadUInt64BigEndian(_noise.HandshakeHash);
        return new HandshakeOutcome(peer, sending, receiving, binding);
    }

    /// <inheritdoc/>
    public void Dispose() => _noise.Dispose();
}
