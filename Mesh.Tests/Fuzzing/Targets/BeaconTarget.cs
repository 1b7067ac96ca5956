using System.Net;
using Mesh.Core.Discovery;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Beacons;
using Mesh.Tests.Support;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>Datagrams on the beacon port: as they are, sealed with the mesh's key, and signed on top.</summary>
internal sealed class BeaconTarget : IFuzzTarget
{
    private const int Sealed = 1;
    private const int Signed = 2;
    private const int Ways = 3;
    private const int CheckEvery = 8;

    private static readonly IPEndPoint Source = new(IPAddress.Parse("10.0.0.7"), 40_001);
    private static readonly TimeSpan Now = TimeSpan.FromHours(1);
    private static readonly BeaconContent Own = new()
    {
        Incarnation = 5,
        Sequence = 0,
        SessionPort = 21750,
        FramePort = 21751,
        PrivatePort = 40_001,
        Endpoints = [new IPEndPoint(IPAddress.Parse("10.0.0.7"), 21750), new IPEndPoint(IPAddress.IPv6Loopback, 21750)],
    };

    private readonly SeededPrimitives _primitives = new(PrimitivesProvider.Load(), 31);
    private readonly MeshKey _key;
    private readonly NodeIdentity _hearer;
    private readonly NodeIdentity _sender;
    private readonly RandomNonceCipher _cipher;
    private readonly byte[] _valid;
    private NodeDiscovery _discovery = null!;
    private byte[] _datagram = [];
    private int _runs;

    public BeaconTarget()
    {
        _key = MeshKey.FromName(_primitives, "lab");
        _hearer = NodeIdentity.Create(_primitives);
        _sender = NodeIdentity.Create(_primitives);
        _cipher = new RandomNonceCipher(_primitives, _key.Beacon);
        using var other = NodeIdentity.Create(_primitives);
        _valid = Beacon(other, Own);
    }

    public string Name => "beacon";

    public int SelectorBytes => 1;

    public IReadOnlyList<byte[]> MakeCorpus(Random random)
    {
        var corpus = new List<byte[]>();
        for (var count = 0; count < 8; count++)
        {
            var content = Own with
            {
                Sequence = (ulong)random.NextInt64(),
                IsSeek = count % 2 == 0,
                Endpoints = [.. Own.Endpoints.Take(count % 3)],
            };
            var datagram = Beacon(_sender, content);
            var body = new byte[BeaconEnvelope.MaxBodyBytes];
            _ = BeaconEnvelope.TryRead(datagram, out var envelope);
            _ = _cipher.TryOpen(envelope.Header, envelope.Sealed, body, out var length);
            corpus.Add([0, .. datagram]);
            corpus.Add([Sealed, .. body[..length]]);
            corpus.Add([Signed, .. body[..(length - 2 - WireSizes.SignatureBytes)]]);
        }

        return corpus;
    }

    public void Prepare(byte[] input)
    {
        _discovery = new NodeDiscovery(_hearer, _key, _primitives, new Random(1));
        _discovery.Announce(Own, Now);
        var payload = input.AsSpan(Math.Min(1, input.Length)).ToArray();
        _datagram = (input.Length > 0 ? input[0] % Ways : 0) switch
        {
            Sealed => Seal(payload),
            Signed => Seal(Sign(payload)),
            _ => payload,
        };
        _runs++;
    }

    public void Run()
    {
        _ = _discovery.Receive(_datagram, Source, Now);
        while (_discovery.TryTakeAnswer(out _))
        {
            // Answers are made for seekers.
        }
    }

    public string? Check()
    {
        var result = _runs % CheckEvery == 0 ? _discovery.Receive(_valid, Source, Now) : BeaconResult.Seen;
        return result == BeaconResult.Seen ? null : $"a valid beacon afterwards is {result}";
    }

    public void Dispose()
    {
        _key.Dispose();
        _hearer.Dispose();
        _sender.Dispose();
    }

    private byte[] Beacon(NodeIdentity sender, BeaconContent content)
    {
        var buffer = new byte[WireLimits.MaxBeaconBytes];
        return buffer[..new BeaconSeal(sender, _key, _primitives).Write(buffer, content)];
    }

    private byte[] Seal(byte[] body)
    {
        var datagram = new byte[BeaconEnvelope.HeaderBytes + body.Length + RandomNonceCipher.OverheadBytes];
        BeaconEnvelope.WriteHeader(datagram, 0);
        var header = datagram.AsSpan(0, BeaconEnvelope.HeaderBytes);
        _cipher.Seal(header, body, datagram.AsSpan(BeaconEnvelope.HeaderBytes));
        return datagram;
    }

    // The sender's own signature over whatever stands behind the array's header (docs/wire-format.md §3).
    private byte[] Sign(byte[] body)
    {
        Span<byte> meshId = stackalloc byte[KeyDerivation.MeshIdBytes];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(meshId, _key.MeshId);
        byte[] text = [.. "mesh/1 beacon"u8, .. meshId, .. body.AsSpan(Math.Min(1, body.Length))];
        var signature = new byte[WireSizes.SignatureBytes];
        _sender.Signing.Sign(text, signature);
        return [.. body, 0xc4, WireSizes.SignatureBytes, .. signature];
    }
}
