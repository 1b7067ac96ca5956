using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Sessions;

/// <summary>The hello of both sides: who I am, signed over this very handshake (docs/wire-format.md §4).</summary>
internal static class HandshakeHello
{
    /// <summary>Size of the hash that is signed.</summary>
    public const int HashBytes = 32;

    private static ReadOnlySpan<byte> Label => "mesh/1 session"u8;

    /// <summary>Writes this side's hello.</summary>
    /// <param name="local">This process.</param>
    /// <param name="role">This side.</param>
    /// <param name="hash">The handshake hash after the tokens of this message.</param>
    /// <param name="destination">At least <see cref="HelloPayload.MaxBytes"/>.</param>
    /// <returns>The length of the hello.</returns>
    public static int Write(
        LocalNode local, HandshakeRole role, ReadOnlySpan<byte> hash, Span<byte> destination)
    {
        Span<byte> instance = stackalloc byte[InstanceId.SizeBytes];
        local.Instance.Write(instance);
        var hello = new HelloPayload
        {
            Version = WireLimits.Version,
            EdPublicKey = local.Identity.Signing.PublicKey,
            Instance = instance,
            Kind = local.Kind,
            Incarnation = local.Incarnation,
        };
        scoped var writer = new MessageWriter(destination);
        Span<byte> signed = stackalloc byte[Label.Length + 1 + HashBytes + HelloPayload.MaxBytes];
        var length = Concatenate(role, hash, hello.WriteSigned(ref writer), signed);

        Span<byte> signature = stackalloc byte[SigningKey.SignatureBytes];
        local.Identity.Signing.Sign(signed[..length], signature);
        writer.WriteBinary(signature);
        return writer.Position;
    }

    /// <summary>Checks the other side's hello, in the order of the protocol: id, expected id, signature.</summary>
    /// <param name="primitives">Verifies the signature.</param>
    /// <param name="payload">The opened payload, untrusted.</param>
    /// <param name="claim">What the handshake knows about the other side by now.</param>
    /// <param name="peer">Who it is, when it passed, else <see langword="null"/>.</param>
    /// <returns>Passed, or why not.</returns>
    public static HandshakeResult Check(
        IPrimitives primitives,
        ReadOnlySpan<byte> payload,
        in HandshakeClaim claim,
        out HandshakePeer? peer)
    {
        peer = null;
        if (!HelloPayload.TryRead(payload, out var hello) || !InstanceId.TryRead(hello.Instance, out var instance))
        {
            return HandshakeResult.Malformed;
        }

        if (hello.Version != WireLimits.Version)
        {
            return HandshakeResult.Version;
        }

        var id = NodeId.FromKeys(hello.EdPublicKey, claim.RemoteStaticKey);
        if (claim.Expected is { } expected && id != expected)
        {
            return HandshakeResult.WrongNode;
        }

        var length = Label.Length + 1 + HashBytes + hello.SignedBytes.Length;
        Span<byte> signed = stackalloc byte[length];
        Concatenate(claim.Role, claim.Hash, hello.SignedBytes, signed);
        if (!primitives.Verify(hello.EdPublicKey, signed, hello.Signature))
        {
            return HandshakeResult.BadSignature;
        }

        var proved = new HandshakePeer
        {
            Id = id,
            Instance = instance,
            Kind = hello.Kind,
            Incarnation = hello.Incarnation,
            SigningPublicKey = hello.EdPublicKey.ToArray(),
        };
        var isSelf = proved.Key == claim.Self;
        peer = isSelf ? null : proved;
        return isSelf ? HandshakeResult.Self : HandshakeResult.Passed;
    }

    private static int Concatenate(
        HandshakeRole role, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> fields, Span<byte> destination)
    {
        Label.CopyTo(destination);
        destination[Label.Length] = (byte)role;
        hash.CopyTo(destination[(Label.Length + 1)..]);
        fields.CopyTo(destination[(Label.Length + 1 + HashBytes)..]);
        return Label.Length + 1 + HashBytes + fields.Length;
    }
}
