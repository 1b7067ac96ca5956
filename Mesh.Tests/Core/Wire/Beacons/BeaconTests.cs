using System.Net;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Beacons;
using Mesh.Core.Wire.MessagePack;
using NUnit.Framework;

namespace Mesh.Tests.Core.Wire.Beacons;

public sealed class BeaconTests
{
    [Test]
    public void Body_OfTheGreatestValues_FitsTheDatagram()
    {
        var endpoint = new IPEndPoint(IPAddress.IPv6Loopback, 65_535);
        var body = new BeaconBody
        {
            EdPublicKey = new byte[32],
            XPublicKey = new byte[32],
            Incarnation = ulong.MaxValue,
            Sequence = ulong.MaxValue,
            SessionPort = ushort.MaxValue,
            FramePort = ushort.MaxValue,
            PrivatePort = ushort.MaxValue,
            Endpoints = [endpoint, endpoint, endpoint, endpoint],
            Flags = (BeaconFlags)uint.MaxValue,
        };
        var writer = new MessageWriter(new byte[BeaconEnvelope.MaxBodyBytes]);

        body.WriteSigned(ref writer);
        writer.WriteBinary(new byte[WireSizes.SignatureBytes]);

        Assert.That(writer.HasOverflowed, Is.False);
        Assert.That(BeaconBody.TryRead(writer.Written, out _), Is.True);
    }

    [Test]
    public void SignedBytes_AreTheOnesThatWereWritten()
    {
        var random = new Random(3);
        var writer = new MessageWriter(new byte[BeaconEnvelope.MaxBodyBytes]);
        var written = BeaconCases.NextBody(random).WriteSigned(ref writer).ToArray();
        writer.WriteBinary(random.NextBlob(WireSizes.SignatureBytes));

        var isRead = BeaconBody.TryRead(writer.Written, out var body);

        Assert.That(isRead, Is.True);
        Assert.That(body.SignedBytes.ToArray(), Is.EqualTo(written));
        Assert.That(writer.Written[1..(1 + written.Length)].ToArray(), Is.EqualTo(written));
    }

    [Test]
    public void Envelope_GivesItsParts()
    {
        byte[] datagram = [.. "MESH"u8, 1, 9, .. Enumerable.Range(0, 60).Select(value => (byte)value)];

        var isRead = BeaconEnvelope.TryRead(datagram, out var envelope);
        var header = new byte[BeaconEnvelope.HeaderBytes];
        BeaconEnvelope.WriteHeader(header, 9);

        Assert.That(isRead, Is.True);
        Assert.That(envelope.Generation, Is.EqualTo(9));
        Assert.That(envelope.Header.ToArray(), Is.EqualTo(header));
        Assert.That(envelope.Sealed.ToArray(), Is.EqualTo(datagram[6..]));
    }

    [TestCase(46, 'M', 1, false)]
    [TestCase(47, 'M', 1, true)]
    [TestCase(480, 'M', 1, true)]
    [TestCase(481, 'M', 1, false)]
    [TestCase(100, 'm', 1, false)]
    [TestCase(100, 'M', 2, false)]
    [TestCase(0, 'M', 1, false)]
    public void Envelope_IsRefused_WhenLengthMagicOrVersionDiffer(int length, char first, byte version, bool expected)
    {
        byte[] whole = [(byte)first, .. "ESH"u8, version, .. new byte[480]];

        Assert.That(BeaconEnvelope.TryRead(whole.AsSpan(0, length), out _), Is.EqualTo(expected));
    }
}
