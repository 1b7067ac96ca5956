using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sealing;

/// <summary>Whole frames, byte for byte.</summary>
public sealed class FrameVectorTests
{
    private readonly IPrimitives _primitives = PrimitivesProvider.Load();

    private static IEnumerable<TestCaseData> Vectors => VectorFiles.Tests("mesh1-frames.json")
        .Select(test => new TestCaseData(test).SetArgDisplayNames(test.Text("name")));

    [TestCaseSource(nameof(Vectors))]
    public void Seal_GivesThePublishedFrame(JsonElement test)
    {
        using var identity = NodeIdentity.FromSeed(_primitives, test.Bytes("seed"));
        using var key = EpochKey.Import(_primitives, test.Bytes("epochKey"));
        var randomness = new SeededPrimitives(_primitives, 0);
        randomness.Enqueue(test.Bytes("salt"));
        var sealer = new FrameSealer(randomness, identity.Signing, IdOf(identity));
        var frame = new byte[WireLimits.MaxFrameBytes];

        var length = sealer.Seal(key, HeaderOf(test), test.Bytes("plaintext"), frame);

        Assert.That(Convert.ToHexStringLower(frame, 0, length), Is.EqualTo(test.Text("frame")));
    }

    [TestCaseSource(nameof(Vectors))]
    public void Open_GivesThePublishedRecords(JsonElement test)
    {
        using var identity = NodeIdentity.FromSeed(_primitives, test.Bytes("seed"));
        using var key = EpochKey.Import(_primitives, test.Bytes("epochKey"));
        var opener = new FrameOpener(_primitives, identity.Signing.PublicKey, IdOf(identity));
        var plaintext = new byte[WireLimits.MaxFrameBytes];

        var result = opener.Open(test.Bytes("frame"), key, plaintext, out var written);
        var shape = SealedFrame.Read(test.Bytes("frame"), out var parts);
        var header = parts.Header;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(OpenResult.Opened));
            Assert.That(plaintext[..written], Is.EqualTo(test.Bytes("plaintext")));
            Assert.That(shape, Is.EqualTo(OpenResult.Opened));
            Assert.That(header with { KeyId = 0, Salt = 0 }, Is.EqualTo(HeaderOf(test)));
            Assert.That(header.KeyId, Is.EqualTo(key.KeyId));
            Assert.That(header.Salt, Is.EqualTo(BinaryPrimitives.ReadUInt128BigEndian(test.Bytes("salt"))));
        }
    }

    private static byte[] IdOf(NodeIdentity identity)
    {
        var id = new byte[NodeId.SizeBytes];
        identity.Id.Write(id);
        return id;
    }

    // Numbers of 64 bits stand as text: many JSON readers would round them.
    private static FrameHeader HeaderOf(JsonElement test) => new()
    {
        Lane = test.GetProperty("lane").GetUInt16(),
        Incarnation = ulong.Parse(test.Text("incarnation"), CultureInfo.InvariantCulture),
        Epoch = test.GetProperty("epoch").GetUInt32(),
        FrameNumber = ulong.Parse(test.Text("frameNumber"), CultureInfo.InvariantCulture),
        FirstRecord = ulong.Parse(test.Text("firstRecord"), CultureInfo.InvariantCulture),
        RecordCount = test.GetProperty("recordCount").GetUInt32(),
    };
}
