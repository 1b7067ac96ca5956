using System.Security.Cryptography;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Sessions;

/// <summary>The side of a handshake that is dialled: Init in, Resp out, Fin in.</summary>
/// <remarks>
/// Reading Init costs a few hashes; whoever has neither the mesh key nor an invite is turned away there, before any key
/// agreement. The first refusal ends the handshake.
/// </remarks>
/// <param name="primitives">The primitives.</param>
/// <param name="local">This process.</param>
/// <param name="trust">Knows the invites.</param>
internal sealed class ResponderHandshake(IPrimitives primitives, LocalNode local, ISessionTrust trust) : IDisposable
{
    private NoiseDriver? _driver;
    private byte[] _inviteId = [];

    /// <summary>The invite that Init named, 8 bytes; empty without one.</summary>
    public ReadOnlySpan<byte> InviteId => _inviteId;

    /// <summary>Reads Init: whether it comes from this mesh, or from somebody invited.</summary>
    /// <param name="message">Untrusted, any length.</param>
    /// <param name="now">The loop's time.</param>
    /// <returns>Passed, or why the handshake is over.</returns>
    public HandshakeResult ReadInit(ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (!InitMessage.TryRead(message, out var init))
        {
            return HandshakeResult.Malformed;
        }

        if (init.MinVersion > WireLimits.Version || init.MaxVersion < WireLimits.Version)
        {
            return HandshakeResult.Version;
        }

        return init.InviteId.IsEmpty ? ReadWithMeshKeys(init) : ReadWithInvite(init, now);
    }

    /// <summary>Writes Resp: who this side is.</summary>
    /// <param name="destination">At least <see cref="WireLimits.MaxPreSessionMessageBytes"/>.</param>
    /// <param name="length">Its length.</param>
    /// <returns>Passed, or why the handshake is over.</returns>
    public HandshakeResult WriteResp(Span<byte> destination, out int length)
    {
        Span<byte> noise = stackalloc byte[WireLimits.MaxPreSessionMessageBytes];
        var result = Driver.WriteHello(noise, out var noiseLength);
        scoped var writer = new MessageWriter(destination);
        new RespMessage { Noise = noise[..noiseLength] }.Write(ref writer);
        length = writer.Position;
        return result;
    }

    /// <summary>Reads Fin: who dialled.</summary>
    /// <param name="message">Untrusted, any length.</param>
    /// <returns>Passed, or why the handshake is over.</returns>
    public HandshakeResult ReadFin(ReadOnlySpan<byte> message) =>
        FinMessage.TryRead(message, out var fin)
            ? Driver.ReadHello(fin.Noise, expected: null)
            : HandshakeResult.Malformed;

    /// <summary>Ends the handshake, after Fin was read.</summary>
    /// <returns>Who dialled, and the keys, which are the caller's.</returns>
    public HandshakeOutcome Complete() => Driver.Complete();

    /// <inheritdoc/>
    public void Dispose() => _driver?.Dispose();

    private NoiseDriver Driver => _driver ?? throw new InvalidOperationException("Init has not been read.");

    private HandshakeResult ReadWithMeshKeys(in InitMessage init)
    {
        var result = Read(init, local.Key.PresharedKey);
        return result == HandshakeResult.NotOpened && local.PreviousKey is { } previous
            ? Read(init, previous.PresharedKey)
            : result;
    }

    private HandshakeResult ReadWithInvite(in InitMessage init, TimeSpan now)
    {
        Span<byte> presharedKey = stackalloc byte[KeyDerivation.KeyBytes];
        if (!trust.TryGetInviteKey(init.InviteId, presharedKey, now))
        {
            return HandshakeResult.UnknownInvite;
        }

        _inviteId = init.InviteId.ToArray();
        var result = Read(init, presharedKey);
        CryptographicOperations.ZeroMemory(presharedKey);
        return result;
    }

    private HandshakeResult Read(in InitMessage init, ReadOnlySpan<byte> presharedKey)
    {
        _driver?.Dispose();
        _driver = new NoiseDriver(primitives, local, HandshakeRole.Responder, presharedKey, init.PrologueBytes);
        return _driver.ReadEmpty(init.Noise);
    }
}
