using Mesh.Core.Wire;
using NUnit.Framework;

namespace Mesh.Tests.Core.Wire;

/// <summary>The clear header of a frame: its bytes, its ranges, its refusals.</summary>
public sealed class FrameHeaderTests
{
    private static readonly FrameHeader Header = new()
    {
        Lane = 0x0102,
        Incarnation = 0x0304050607080910,
        Epoch = 0x11121314,
        FrameNumber = 0x1516171819202122,
        FirstRecord = 0x2324252627282930,
        RecordCount = 0x00000132,
        KeyId = UInt128.Parse("3132333435363738393a3b3c3d3e3f40", System.Globalization.NumberStyles.HexNumber, null),
        Salt = UInt128.Parse("4142434445464748494a4b4c4d4e4f50", System.Globalization.NumberStyles.HexNumber, null),
    };

    private const string Bytes =
        "01" + "0102" + "0304050607080910" + "11121314" + "1516171819202122" + "2324252627282930" + "00000132"
        + "3132333435363738393a3b3c3d3e3f40" + "4142434445464748494a4b4c4d4e4f50";

    [Test]
    public void Write_GivesTheBytesOfTheTable()
    {
        var written = new byte[FrameHeader.SizeBytes];

        Header.Write(written);

        Assert.That(Convert.ToHexStringLower(written), Is.EqualTo(Bytes));
    }

    [Test]
    public void TryRead_GivesTheHeader_FromTheBytesOfTheTable()
    {
        var isRead = FrameHeader.TryRead(Convert.FromHexString(Bytes), out var header);

        Assert.That(isRead, Is.True);
        Assert.That(header, Is.EqualTo(Header));
        Assert.That(header.LastRecord, Is.EqualTo(0x2324252627282930 + 0x131));
    }

    [Test]
    public void TryRead_GivesBackWhatWasWritten_ForManyValues()
    {
        var random = new Random(11);
        var bytes = new byte[FrameHeader.SizeBytes];

        for (var round = 0; round < 1_000; round++)
        {
            var header = new FrameHeader
            {
                Lane = (ushort)random.Next(65_536),
                Incarnation = (ulong)random.NextInt64(),
                Epoch = (uint)random.Next(),
                FrameNumber = (ulong)random.NextInt64() + 1,
                FirstRecord = (ulong)random.NextInt64() + 1,
                RecordCount = (uint)random.Next(1, WireLimits.MaxFrameRecords + 1),
                KeyId = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()),
                Salt = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()),
            };
            header.Write(bytes);

            Assert.That(FrameHeader.TryRead(bytes, out var read), Is.True);
            Assert.That(read, Is.EqualTo(header));
        }
    }

    [Test]
    public void TryRead_ReturnsFalse_ForEveryOtherLength()
    {
        byte[] bytes = [.. Convert.FromHexString(Bytes), 0];

        for (var length = 0; length <= bytes.Length; length++)
        {
            Assert.That(
                FrameHeader.TryRead(bytes.AsSpan(0, length), out _),
                Is.EqualTo(length == FrameHeader.SizeBytes),
                $"{length} bytes");
        }
    }

    [TestCase(0, "00", Description = "format 0")]
    [TestCase(0, "02", Description = "format 2")]
    [TestCase(15, "0000000000000000", Description = "frame 0")]
    [TestCase(15, "ffffffffffffffff", Description = "the last frame number")]
    [TestCase(23, "0000000000000000", Description = "record 0")]
    [TestCase(23, "ffffffffffffe000", Description = "records beyond the last number")]
    [TestCase(31, "00000000", Description = "no record")]
    [TestCase(31, "00002001", Description = "8,193 records")]
    [TestCase(31, "ffffffff", Description = "4 billion records")]
    public void TryRead_ReturnsFalse_WhenAFieldIsOutsideItsRange(int offset, string field)
    {
        var bytes = Convert.FromHexString(Bytes);
        Convert.FromHexString(field).CopyTo(bytes, offset);

        var isRead = FrameHeader.TryRead(bytes, out var header);

        Assert.That(isRead, Is.False);
        Assert.That(header, Is.EqualTo(default(FrameHeader)));
    }

    [Test]
    public void Write_Throws_WhenAFieldIsOutsideItsRangeOrThereIsNoRoom()
    {
        var bytes = new byte[FrameHeader.SizeBytes];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Header.Write(new byte[66]), Throws.ArgumentException);
            Assert.That(() => (Header with { FrameNumber = 0 }).Write(bytes), Throws.ArgumentException);
            Assert.That(() => (Header with { FirstRecord = 0 }).Write(bytes), Throws.ArgumentException);
            Assert.That(() => (Header with { RecordCount = 8_193 }).Write(bytes), Throws.ArgumentException);
        }
    }
}
