using System.Security.Cryptography;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Sessions;

/// <summary>The side of a handshake that dials: Init out, Resp in, Fin out.</summary>
/// <remarks>
/// The responder proves who it is before this side says who it is: when another than the expected node answers, it
/// learns nothing. The first refusal ends the handshake.
/// </remarks>
internal sealed class InitiatorHandshake : IDisposable
{
    private readonly NoiseDriver _driver;
    private readonly NodeId? _expected;
    private readonly byte[] _init = new byte[WireLimits.MaxPreSessionMessageBytes];
    private readonly int _initLength;

    /// <summary>Begins a handshake.</summary>
    /// <param name="primitives">The primitives.</param>
    /// <param name="local">This process.</param>
    /// <param name="expected">The only node that will do, or <see langword="null"/> for anybody.</param>
    /// <param name="inviteSecret">The 16 bytes of an invite's secret, or empty for the mesh key.</param>
    public InitiatorHandshake(
        IPrimitives primitives, LocalNode local, NodeId? expected, ReadOnlySpan<byte> inviteSecret = default)
    {
        _expected = expected;
        Span<byte> inviteId = stackalloc byte[KeyDerivation.InviteIdBytes];
        Span<byte> presharedKey = stackalloc byte[KeyDerivation.KeyBytes];
        if (inviteSecret.IsEmpty)
        {
            local.Key.PresharedKey.CopyTo(presharedKey);
        }
        else
        {
            KeyDerivation.DeriveInviteId(inviteSecret, inviteId);
            KeyDerivation.DeriveInvitePresharedKey(inviteSecret, presharedKey);
        }

        var message = new InitMessage
        {
            MinVersion = WireLimits.Version,
            MaxVersion = WireLimits.Version,
            InviteId = inviteSecret.IsEmpty ? default : inviteId,
        };
        scoped var writer = new MessageWriter(_init);
        var prologue = message.WritePrologue(ref writer);
        _driver = new NoiseDriver(primitives, local, HandshakeRole.Initiator, presharedKey, prologue);
        CryptographicOperations.ZeroMemory(presharedKey);

        Span<byte> noise = stackalloc byte[NoiseHandshake.MaxOverheadBytes];
        writer.WriteBinary(noise[.._driver.WriteEmpty(noise)]);
        _initLength = writer.Position;
    }

    /// <summary>The Init to send.</summary>
    public ReadOnlySpan<byte> Init => _init.AsSpan(0, _initLength);

    /// <summary>Reads Resp: who answers, and whether that is who should.</summary>
    /// <param name="message">Untrusted, any length.</param>
    /// <returns>Passed, or why the handshake is over.</returns>
    public HandshakeResult ReadResp(ReadOnlySpan<byte> message) =>
        RespMessage.TryRead(message, out var resp)
            ? _driver.ReadHello(resp.Noise, _expected)
            : HandshakeResult.Malformed;

    /// <summary>Writes Fin: who this side is.</summary>
    /// <param name="destination">At least <see cref="WireLimits.MaxPreSessionMessageBytes"/>.</param>
    /// <param name="length">Its length.</param>
    /// <returns>Passed, or why the handshake is over.</returns>
    public HandshakeResult WriteFin(Span<byte> destination, out int length)
    {
        Span<byte> noise = stackalloc byte[WireLimits.MaxPreSessionMessageBytes];
        var result = _driver.WriteHello(noise, out var noiseLength);
        scoped var writer = new MessageWriter(destination);
        new FinMessage { Noise = noise[..noiseLength] }.Write(ref writer);
        length = writer.Position;
        return result;
    }

    /// <summary>Ends the handshake, after Fin was written.</summary>
    /// <returns>Who answered, and the keys, which are the caller's.</returns>
    public HandshakeOutcome Complete() => _driver.Complete();

    /// <inheritdoc/>
    public void Dispose() => _driver.Dispose();
}
