using System.Buffers.Binary;
using System.Net;
using Mesh.Core.Discovery;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Beacons;
using Mesh.Core.Wire.MessagePack;

namespace Mesh.Tests.Core.Hostile;

/// <summary>Somebody of the mesh, with true keys, who writes beacons as they like.</summary>
internal sealed class BeaconForge : IDisposable
{
    private readonly IPrimitives _primitives = PrimitivesProvider.Load();
    private readonly MeshKey _key;
    private readonly byte[] _buffer = new byte[WireLimits.MaxBeaconBytes];
    private ulong _sequence;

    /// <summary>Makes one.</summary>
    /// <param name="mesh">Whose beacon key is used.</param>
    public BeaconForge(string mesh = MeshKey.DefaultName)
    {
        Identity = NodeIdentity.Create(_primitives);
        _key = MeshKey.FromName(_primitives, mesh);
    }

    /// <summary>The true keys.</summary>
    public NodeIdentity Identity { get; }

    /// <summary>Writes the next beacon, each as if the sender had just been started anew.</summary>
    /// <param name="sessionPort">Where sessions are said to be taken.</param>
    /// <param name="endpoints">What it signs besides.</param>
    public byte[] Write(ushort sessionPort, params IPEndPoint[] endpoints)
    {
        var content = new BeaconContent
        {
            Incarnation = 1_000 + ++_sequence,
            Sequence = _sequence,
            SessionPort = sessionPort,
            FramePort = 1,
            PrivatePort = 1,
            Endpoints = endpoints,
            IsSeek = true,
            AcceptsStrangers = true,
        };
        return _buffer[..new BeaconSeal(Identity, _key, _primitives).Write(_buffer, content)];
    }

    /// <summary>Writes a beacon of a node that nobody has heard of: other keys of agreement are another id.</summary>
    public byte[] WriteOther()
    {
        var agreement = new byte[WireSizes.KeyBytes];
        _primitives.Fill(agreement);
        var body = new BeaconBody
        {
            EdPublicKey = Identity.Signing.PublicKey,
            XPublicKey = agreement,
            Incarnation = 1,
            Sequence = 1,
            SessionPort = 1,
            FramePort = 1,
            PrivatePort = 0,
            Endpoints = [],
            Flags = 0,
        };
        var writer = new MessageWriter(new byte[BeaconEnvelope.MaxBodyBytes]);
        var fields = body.WriteSigned(ref writer);
        var meshId = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(meshId, _key.MeshId);
        var signature = new byte[WireSizes.SignatureBytes];
        Identity.Signing.Sign((byte[])[.. "mesh/1 beacon"u8, .. meshId, .. fields], signature);
        writer.WriteBinary(signature);

        BeaconEnvelope.WriteHeader(_buffer, 0);
        var length = BeaconEnvelope.HeaderBytes + writer.Position + RandomNonceCipher.OverheadBytes;
        var cipher = new RandomNonceCipher(_primitives, _key.Beacon);
        cipher.Seal(
            _buffer.AsSpan(0, BeaconEnvelope.HeaderBytes), writer.Written,
            _buffer.AsSpan(BeaconEnvelope.HeaderBytes, length - BeaconEnvelope.HeaderBytes));
        return _buffer[..length];
    }

    public void Dispose()
    {
        Identity.Dispose();
        _key.Dispose();
    }
}
