using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Handshake;
using Mesh.Tests.Support;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>A side of a handshake that has true keys and says in it what a test wants.</summary>
internal sealed class RoguePeer : IDisposable
{
    private readonly LocalNode _local;
    private readonly HandshakeRole _role;
    private readonly byte[] _presharedKey;
    private readonly SeededPrimitives _primitives;
    private NoiseHandshake? _noise;
    private SessionCipher? _sending;
    private SessionCipher? _receiving;

    /// <summary>Begins a handshake; equal arguments give equal messages.</summary>
    /// <param name="local">Who the peer is.</param>
    /// <param name="role">Which side it is.</param>
    /// <param name="presharedKey">Of the mesh, or of an invite.</param>
    /// <param name="seed">Of its randomness.</param>
    public RoguePeer(LocalNode local, HandshakeRole role, byte[] presharedKey, int seed)
    {
        _local = local;
        _role = role;
        _presharedKey = presharedKey;
        _primitives = new SeededPrimitives(PrimitivesProvider.Load(), seed);
    }

    /// <summary>Writes Init.</summary>
    /// <param name="inviteId">8 bytes, or empty.</param>
    public byte[] WriteInit(byte[] inviteId) => FuzzPublisher.Encode((ref writer) =>
    {
        var init = new InitMessage { MinVersion = 1, MaxVersion = 1, InviteId = inviteId };
        Begin(init.WritePrologue(ref writer));
        Span<byte> noise = stackalloc byte[NoiseHandshake.MaxOverheadBytes];
        _ = _noise!.WriteMessage([], noise, out var length);
        writer.WriteBinary(noise[..length]);
    });

    /// <summary>Reads Init.</summary>
    public void ReadInit(ReadOnlySpan<byte> message)
    {
        _ = InitMessage.TryRead(message, out var init);
        Begin(init.PrologueBytes);
        Require(_noise!.ReadMessage(init.Noise, stackalloc byte[WireLimits.MaxPreSessionMessageBytes], out _));
    }

    /// <summary>Reads the other side's Resp or Fin.</summary>
    public void ReadHello(ReadOnlySpan<byte> message)
    {
        var isResp = RespMessage.TryRead(message, out var resp);
        _ = FinMessage.TryRead(message, out var fin);
        var noise = isResp ? resp.Noise : fin.Noise;
        Require(_noise!.ReadMessage(noise, stackalloc byte[WireLimits.MaxPreSessionMessageBytes], out _));
        Split();
    }

    /// <summary>Writes Resp or Fin with a hello of one's own making.</summary>
    /// <param name="hello">The hello; null for the true one.</param>
    /// <param name="isSigned">Whether the hello lacks its signature, which is made here.</param>
    public byte[] WriteHello(byte[]? hello, bool isSigned)
    {
        var noise = new byte[WireLimits.MaxSessionMessageBytes];
        Require(_noise!.WriteTokens(noise, out var length));
        hello = hello is null ? TrueHello() : isSigned ? Sign(hello) : hello;
        var fitting = hello.AsSpan(0, Math.Min(hello.Length, noise.Length - 200));
        length += _noise.WritePayload(fitting, noise.AsSpan(length));
        Split();
        var payload = noise[..length];
        return FuzzPublisher.Encode((ref writer) =>
        {
            if (_role == HandshakeRole.Responder)
            {
                new RespMessage { Noise = payload }.Write(ref writer);
            }
            else
            {
                new FinMessage { Noise = payload }.Write(ref writer);
            }
        });
    }

    /// <summary>Seals a session message with the true key.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plaintext)
    {
        var sealedBytes = new byte[plaintext.Length + SessionCipher.OverheadBytes];
        _sending!.Seal(plaintext, sealedBytes);
        return Wrap(sealedBytes);
    }

    /// <summary>Opens a sealed message of the other side; each of them once, in their order.</summary>
    /// <param name="message">Sealed, as it came.</param>
    public byte[] Open(ReadOnlySpan<byte> message)
    {
        _ = SealedMessage.TryRead(message, out var sealedMessage);
        var plaintext = new byte[sealedMessage.Ciphertext.Length - SessionCipher.OverheadBytes];
        return _receiving!.TryOpen(sealedMessage.Ciphertext, plaintext)
            ? plaintext
            : throw new InvalidOperationException("a message of a session does not open");
    }

    /// <summary>Puts sealed bytes into the message that carries them, of whatever length.</summary>
    public static byte[] Wrap(byte[] sealedBytes) =>
        [0x92, (byte)PreSessionMessageType.Sealed, .. PackNode.HeadOfBinary(sealedBytes.Length), .. sealedBytes];

    /// <summary>The hello that this side would say, without the signature.</summary>
    public byte[] UnsignedHello() => TrueHello(withSignature: false);

    public void Dispose()
    {
        _noise?.Dispose();
        _sending?.Dispose();
        _receiving?.Dispose();
    }

    private void Begin(ReadOnlySpan<byte> prologue) => _noise = new NoiseHandshake(_primitives, new NoiseParameters
    {
        IsInitiator = _role == HandshakeRole.Initiator,
        StaticKey = _local.Identity.Agreement,
        PresharedKey = _presharedKey,
        Prologue = (byte[])[.. "mesh/1"u8, .. prologue],
    });

    private void Split()
    {
        if (_noise!.IsComplete)
        {
            _noise.Split(out _sending, out _receiving);
        }
    }

    private byte[] TrueHello(bool withSignature = true)
    {
        Span<byte> hello = stackalloc byte[HelloPayload.MaxBytes];
        var hash = _noise is null ? new byte[HandshakeHello.HashBytes] : _noise.HandshakeHash.ToArray();
        var length = HandshakeHello.Write(_local, _role, hash, hello);
        return hello[..(withSignature ? length : length - 2 - WireSizes.SignatureBytes)].ToArray();
    }

    // Over whatever stands behind the array's header (docs/wire-format.md §4).
    private byte[] Sign(byte[] fields)
    {
        var signed = fields.AsSpan(Math.Min(1, fields.Length));
        byte[] text = [.. "mesh/1 session"u8, (byte)_role, .. _noise!.HandshakeHash, .. signed];
        var signature = new byte[WireSizes.SignatureBytes];
        _local.Identity.Signing.Sign(text, signature);
        return [.. fields, 0xc4, WireSizes.SignatureBytes, .. signature];
    }

    private static void Require(NoiseResult result)
    {
        if (result != NoiseResult.Done)
        {
            throw new InvalidOperationException($"a valid step of the handshake is {result}");
        }
    }
}
