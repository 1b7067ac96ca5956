using Mesh.Core.Wire.MessagePack.Own;
using Mesh.Core.Wire.MessagePack.Packaged;
using NUnit.Framework;

namespace Mesh.Tests.Core.Wire.MessagePack.Packaged;

/// <summary>The packaged codec beside the mesh's own one: both stacks take the same bytes and write the same.</summary>
public sealed class PackagedCodecTests
{
    private const int Rounds = 200_000;

    private delegate int Read<T>(ReadOnlySpan<byte> source, out T value);

    [Test]
    public void Description_NamesThePackageAndItsVersion() =>
        Assert.That(PackagedCodec.Description, Does.Match(@"^MessagePack 3\.\d+\.\d+$"));

    [Test]
    public void Reads_AgreeWithTheOwnCodec_OnAnyBytes([Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[10];
        for (var round = 0; round < Rounds; round++)
        {
            var source = bytes.AsSpan(0, random.Next(bytes.Length));
            random.NextBytes(source);

            // Every first byte in turn, and often values of a shorter form, which are the ones to refuse.
            if (source.Length > 0)
            {
                source[0] = (byte)round;
                source[1..Math.Min(source.Length, 1 + random.Next(9))].Fill(random.Next(2) == 0 ? (byte)0 : (byte)255);
            }

            ExpectEqual<ulong>(source, PackagedCodec.TryReadUnsigned, OwnCodec.TryReadUnsigned);
            ExpectEqual<long>(source, PackagedCodec.TryReadSigned, OwnCodec.TryReadSigned);
            ExpectEqual<double>(source, PackagedCodec.TryReadDouble, OwnCodec.TryReadDouble);
            ExpectEqual<uint>(source, PackagedCodec.TryReadArrayHeader, OwnCodec.TryReadArrayHeader);
            ExpectEqual<uint>(source, PackagedCodec.TryReadBinaryHeader, OwnCodec.TryReadBinaryHeader);
            ExpectEqual<uint>(source, PackagedCodec.TryReadStringHeader, OwnCodec.TryReadStringHeader);
        }
    }

    [Test]
    public void Writes_AgreeWithTheOwnCodec_InAnyRoom([Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var value = (ulong)random.NextInt64() >> random.Next(64);
            var room = random.Next(11);
            var small = (uint)value;

            ExpectEqual(
                room,
                span => PackagedCodec.TryWriteUnsigned(span, value),
                span => OwnCodec.TryWriteUnsigned(span, value));
            ExpectEqual(
                room,
                span => PackagedCodec.TryWriteSigned(span, ~(long)value),
                span => OwnCodec.TryWriteSigned(span, ~(long)value));
            ExpectEqual(
                room,
                span => PackagedCodec.TryWriteDouble(span, value),
                span => OwnCodec.TryWriteDouble(span, value));
            ExpectEqual(
                room,
                span => PackagedCodec.TryWriteArrayHeader(span, small),
                span => OwnCodec.TryWriteArrayHeader(span, small));
            ExpectEqual(
                room,
                span => PackagedCodec.TryWriteBinaryHeader(span, small),
                span => OwnCodec.TryWriteBinaryHeader(span, small));
            ExpectEqual(
                room,
                span => PackagedCodec.TryWriteStringHeader(span, small),
                span => OwnCodec.TryWriteStringHeader(span, small));
        }
    }

    private static void ExpectEqual<T>(ReadOnlySpan<byte> source, Read<T> packaged, Read<T> own)
        where T : struct, IEquatable<T>
    {
        var (size, expectedSize) = (packaged(source, out var value), own(source, out var expected));
        if (size != expectedSize || !value.Equals(expected))
        {
            Assert.Fail($"{Convert.ToHexString(source)}: {size}, {value} instead of {expectedSize}, {expected}");
        }
    }

    private static void ExpectEqual(int room, Func<byte[], int> packaged, Func<byte[], int> own)
    {
        var (written, expected) = (new byte[room], new byte[room]);
        var (size, expectedSize) = (packaged(written), own(expected));
        if (size != expectedSize || !written.AsSpan().SequenceEqual(expected))
        {
            Assert.Fail($"{Convert.ToHexString(written)} instead of {Convert.ToHexString(expected)}");
        }
    }
}
