using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Beacons;
using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Discovery;

/// <summary>Signs and seals beacons, and opens and checks those of others (docs/wire-format.md §3).</summary>
internal sealed class BeaconSeal
{
    private const byte Generation = 0;

    private readonly NodeIdentity _identity;
    private readonly IPrimitives _primitives;
    private readonly RandomNonceCipher _cipher;
    private readonly byte[] _meshId = new byte[KeyDerivation.MeshIdBytes];
    private readonly byte[] _body = new byte[BeaconEnvelope.MaxBodyBytes];
    private readonly byte[] _text = new byte[Label.Length + KeyDerivation.MeshIdBytes + BeaconEnvelope.MaxBodyBytes];

    /// <summary>Makes the seal of a mesh.</summary>
    /// <param name="identity">Who signs.</param>
    /// <param name="key">Whose beacon key seals; must outlive this object.</param>
    /// <param name="primitives">Signatures and nonces.</param>
    public BeaconSeal(NodeIdentity identity, MeshKey key, IPrimitives primitives)
    {
        _identity = identity;
        _primitives = primitives;
        _cipher = new RandomNonceCipher(primitives, key.Beacon);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(_meshId, key.MeshId);
    }

    private static ReadOnlySpan<byte> Label => "mesh/1 beacon"u8;

    /// <summary>Writes a signed and sealed beacon.</summary>
    /// <param name="destination">At least 480 bytes.</param>
    /// <param name="content">What it says.</param>
    /// <returns>The length in bytes.</returns>
    public int Write(Span<byte> destination, BeaconContent content)
    {
        var body = new BeaconBody
        {
            EdPublicKey = _identity.Signing.PublicKey,
            XPublicKey = _identity.Agreement.PublicKey,
            Incarnation = content.Incarnation,
            Sequence = content.Sequence,
            SessionPort = content.SessionPort,
            FramePort = content.FramePort,
            PrivatePort = content.PrivatePort,
            Endpoints = content.Endpoints,
            Flags = (content.IsSeek ? BeaconFlags.Seek : 0) | (content.IsAnswer ? BeaconFlags.Answer : 0)
                | (content.AcceptsStrangers ? BeaconFlags.AcceptsStrangers : 0),
        };
        Span<byte> signature = stackalloc byte[WireSizes.SignatureBytes];
        var writer = new MessageWriter(_body);
        _identity.Signing.Sign(SignedText(body.WriteSigned(ref writer)), signature);
        writer.WriteBinary(signature);

        BeaconEnvelope.WriteHeader(destination, Generation);
        var header = destination[..BeaconEnvelope.HeaderBytes];
        var length = writer.Position + RandomNonceCipher.OverheadBytes;
        _cipher.Seal(header, writer.Written, destination.Slice(BeaconEnvelope.HeaderBytes, length));
        return BeaconEnvelope.HeaderBytes + length;
    }

    /// <summary>Opens the datagram of a beacon and reads its body; the signature is not checked yet.</summary>
    /// <param name="envelope">The parts of the datagram.</param>
    /// <param name="plaintext">At least <see cref="BeaconEnvelope.MaxBodyBytes"/>; the body points into it.</param>
    /// <param name="body">The body, when the result is <see cref="BeaconResult.Seen"/>.</param>
    /// <returns>Seen, Sealed or Malformed.</returns>
    public BeaconResult TryOpen(in BeaconEnvelope envelope, Span<byte> plaintext, out BeaconBody body)
    {
        body = default;
        if (envelope.Generation != Generation
            || !_cipher.TryOpen(envelope.Header, envelope.Sealed, plaintext, out var written))
        {
            return BeaconResult.Sealed;
        }

        return BeaconBody.TryRead(plaintext[..written], out body) ? BeaconResult.Seen : BeaconResult.Malformed;
    }

    /// <summary>Whether the keys in a body have signed it for this mesh.</summary>
    /// <param name="body">A body that was opened.</param>
    public bool IsSigned(in BeaconBody body) =>
        _primitives.Verify(body.EdPublicKey, SignedText(body.SignedBytes), body.Signature);

    private ReadOnlySpan<byte> SignedText(ReadOnlySpan<byte> fields)
    {
        Label.CopyTo(_text);
        _meshId.CopyTo(_text.AsSpan(Label.Length));
        fields.CopyTo(_text.AsSpan(Label.Length + _meshId.Length));
        return _text.AsSpan(0, Label.Length + _meshId.Length + fields.Length);
    }
}
