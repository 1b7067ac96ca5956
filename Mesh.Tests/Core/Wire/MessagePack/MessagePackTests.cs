using Mesh.Core.Wire.MessagePack;
using NUnit.Framework;

namespace Mesh.Tests.Core.Wire.MessagePack;

/// <summary>The contract of the MessagePack seam: which bytes a value has, and which bytes are refused.</summary>
public sealed class MessagePackTests
{
    [TestCase(0UL, "00")]
    [TestCase(127UL, "7F")]
    [TestCase(128UL, "CC80")]
    [TestCase(255UL, "CCFF")]
    [TestCase(256UL, "CD0100")]
    [TestCase(65_535UL, "CDFFFF")]
    [TestCase(65_536UL, "CE00010000")]
    [TestCase(4_294_967_295UL, "CEFFFFFFFF")]
    [TestCase(4_294_967_296UL, "CF0000000100000000")]
    [TestCase(ulong.MaxValue, "CFFFFFFFFFFFFFFFFF")]
    public void Unsigned_HasItsShortestForm(ulong value, string expected)
    {
        var written = Write((ref writer) => writer.WriteUnsigned(value));
        var reader = new MessageReader(Convert.FromHexString(expected));
        var isRead = reader.TryReadUInt64(out var read);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(written, Is.EqualTo(expected));
            Assert.That(isRead, Is.True);
            Assert.That(read, Is.EqualTo(value));
            Assert.That(reader.IsAtEnd, Is.True);
        }
    }

    [TestCase(0L, "00")]
    [TestCase(127L, "7F")]
    [TestCase(128L, "CC80")]
    [TestCase(40_000L, "CD9C40")]
    [TestCase(long.MaxValue, "CF7FFFFFFFFFFFFFFF")]
    [TestCase(-1L, "FF")]
    [TestCase(-32L, "E0")]
    [TestCase(-33L, "D0DF")]
    [TestCase(-128L, "D080")]
    [TestCase(-129L, "D1FF7F")]
    [TestCase(-32_768L, "D18000")]
    [TestCase(-32_769L, "D2FFFF7FFF")]
    [TestCase(-2_147_483_648L, "D280000000")]
    [TestCase(-2_147_483_649L, "D3FFFFFFFF7FFFFFFF")]
    [TestCase(long.MinValue, "D38000000000000000")]
    public void Signed_HasItsShortestForm(long value, string expected)
    {
        var written = Write((ref writer) => writer.WriteSigned(value));
        var reader = new MessageReader(Convert.FromHexString(expected));
        var isRead = reader.TryReadInt64(out var read);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(written, Is.EqualTo(expected));
            Assert.That(isRead, Is.True);
            Assert.That(read, Is.EqualTo(value));
            Assert.That(reader.IsAtEnd, Is.True);
        }
    }

    [TestCase("CC7F")]
    [TestCase("CD00FF")]
    [TestCase("CE0000FFFF")]
    [TestCase("CF00000000FFFFFFFF")]
    [TestCase("D000")]
    [TestCase("D07F")]
    [TestCase("D0E0")]
    [TestCase("D1FF80")]
    [TestCase("D17FFF")]
    [TestCase("D2FFFF8000")]
    [TestCase("D27FFFFFFF")]
    [TestCase("D3FFFFFFFF80000000")]
    [TestCase("D37FFFFFFFFFFFFFFF")]
    [TestCase("CF8000000000000000")]
    [TestCase("CB3FF0000000000000")]
    [TestCase("C0")]
    [TestCase("CC")]
    [TestCase("D3FFFFFFFF7FFFFF")]
    [TestCase("")]
    public void TryReadInt64_Refuses_WhatIsNoShortestSignedInteger(string bytes)
    {
        var reader = new MessageReader(Convert.FromHexString(bytes));
        var isRead = reader.TryReadInt64(out var value);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isRead, Is.False);
            Assert.That(value, Is.Zero);
            Assert.That(reader.Position, Is.Zero);
        }
    }

    [Test]
    public void NarrowReads_Refuse_WhatIsBeyondTheirRange()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new MessageReader([0xCC, 0xFF]).TryReadUInt8(out _), Is.True);
            Assert.That(new MessageReader([0xCD, 0x01, 0x00]).TryReadUInt8(out _), Is.False);
            Assert.That(new MessageReader([0xCD, 0xFF, 0xFF]).TryReadUInt16(out _), Is.True);
            Assert.That(new MessageReader([0xCE, 0x00, 0x01, 0x00, 0x00]).TryReadUInt16(out _), Is.False);
            Assert.That(new MessageReader([0xCE, 0xFF, 0xFF, 0xFF, 0xFF]).TryReadUInt32(out _), Is.True);
            Assert.That(new MessageReader([0xCF, 0, 0, 0, 1, 0, 0, 0, 0]).TryReadUInt32(out _), Is.False);
            Assert.That(new MessageReader([0xD1, 0x80, 0x00]).TryReadInt16(out _), Is.True);
            Assert.That(new MessageReader([0xD2, 0xFF, 0xFF, 0x7F, 0xFF]).TryReadInt16(out _), Is.False);
            Assert.That(new MessageReader([0xCD, 0x80, 0x00]).TryReadInt16(out _), Is.False);
            Assert.That(new MessageReader([0xFF]).TryReadUInt64(out _), Is.False);
        }
    }

    [TestCase(0, "A0")]
    [TestCase(31, "BF")]
    [TestCase(32, "D920")]
    [TestCase(255, "D9FF")]
    [TestCase(256, "DA0100")]
    [TestCase(65_535, "DAFFFF")]
    [TestCase(65_536, "DB00010000")]
    public void Text_HasItsShortestHeader(int length, string header)
    {
        var text = new string('x', length);
        var written = Write((ref writer) => writer.WriteText(text, length));
        var bytes = Convert.FromHexString(written);
        var isRead = new MessageReader(bytes).TryReadText(length, out var read);
        var isReadBeyondItsLimit = new MessageReader(bytes).TryReadText(length - 1, out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(written, Does.StartWith(header));
            Assert.That(bytes, Has.Length.EqualTo(length + (header.Length / 2)));
            Assert.That(isRead, Is.True);
            Assert.That(read, Is.EqualTo(text));
            Assert.That(isReadBeyondItsLimit, Is.False);
        }
    }

    [TestCase(0, "C400")]
    [TestCase(255, "C4FF")]
    [TestCase(256, "C50100")]
    [TestCase(65_535, "C5FFFF")]
    [TestCase(65_536, "C600010000")]
    public void Binary_HasItsShortestHeader(int length, string header)
    {
        var written = Write((ref writer) => writer.WriteBinary(new byte[length]));
        var bytes = Convert.FromHexString(written);
        var isRead = new MessageReader(bytes).TryReadBinary(length, out var read);
        var isReadBeyondItsLimit = new MessageReader(bytes).TryReadBinary(length - 1, out _);

        Assert.That(written, Does.StartWith(header));
        Assert.That(isRead, Is.True);
        Assert.That(read.Length, Is.EqualTo(length));
        Assert.That(isReadBeyondItsLimit, Is.False);
    }

    [TestCase(0, "90")]
    [TestCase(15, "9F")]
    [TestCase(16, "DC0010")]
    [TestCase(65_535, "DCFFFF")]
    [TestCase(65_536, "DD00010000")]
    public void ArrayHeader_HasItsShortestForm(int count, string expected)
    {
        var written = Write((ref writer) => writer.WriteArrayHeader(count));
        byte[] whole = [.. Convert.FromHexString(written), .. new byte[count]];
        var isRead = new MessageReader(whole).TryReadArrayHeader(out var read);
        var isReadWithoutAnElement = count > 0 && new MessageReader(whole.AsSpan()[..^1]).TryReadArrayHeader(out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(written, Is.EqualTo(expected));
            Assert.That(isRead, Is.True);
            Assert.That(read, Is.EqualTo(count));
            Assert.That(isReadWithoutAnElement, Is.False);
        }
    }

    [TestCase("A1FF")]
    [TestCase("A2C328")]
    [TestCase("A3EDA080")] // a surrogate
    [TestCase("A2C080")] // NUL in two bytes
    [TestCase("A5616263")]
    [TestCase("D91F")]
    [TestCase("C40161")]
    [TestCase("DBFFFFFFFF")]
    [TestCase("")]
    public void TryReadText_Refuses_WhatIsNoUtf8InItsShortestForm(string bytes)
    {
        var isRead = new MessageReader(Convert.FromHexString(bytes)).TryReadText(1_000, out var text);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isRead, Is.False);
            Assert.That(text, Is.Empty);
        }
    }

    [Test]
    public void NilBooleanAndDouble_HaveOneFormEach()
    {
        var written = Write((ref writer) =>
        {
            writer.WriteNil();
            writer.WriteBoolean(true);
            writer.WriteBoolean(false);
            writer.WriteDouble(-2.5);
        });
        var reader = new MessageReader(Convert.FromHexString(written));

        Assert.That(written, Is.EqualTo("C0C3C2CBC004000000000000"));
        Assert.That(reader.TryReadNil(), Is.True);
        Assert.That(reader.TryReadNil(), Is.False);
        Assert.That(reader.TryReadBoolean(out var first) && first, Is.True);
        Assert.That(reader.TryReadBoolean(out var second) && !second, Is.True);
        Assert.That(reader.TryReadBoolean(out _), Is.False);
        Assert.That(reader.TryReadDouble(out var number), Is.True);
        Assert.That(number, Is.EqualTo(-2.5));
        Assert.That(reader.TryReadEnd(0), Is.True);
    }

    [TestCase(7, true)]
    [TestCase(8, false)]
    public void TrySkip_StopsAtItsDepth(int depth, bool expected)
    {
        byte[] nested = [.. Enumerable.Repeat((byte)0x91, depth - 1), 0x90];

        Assert.That(new MessageReader(nested).TrySkip(1, 7), Is.EqualTo(expected));
    }

    [Test]
    public void TrySkip_RefusesInTime_WhenArraysAreNestedTenThousandDeep()
    {
        var nested = Enumerable.Repeat((byte)0x91, 10_000).ToArray();

        Assert.That(new MessageReader(nested).TrySkip(1, 32), Is.False);
    }

    [TestCase("abc", 3, "abc")]
    [TestCase("abcd", 3, "abc")]
    [TestCase("aé", 2, "a")]
    [TestCase("a🙂b", 4, "a")]
    [TestCase("a🙂b", 5, "a🙂")]
    [TestCase("a🙂b", 6, "a🙂b")]
    public void WriteText_CutsBetweenCharacters_WhenTheTextIsTooLong(string text, int maxBytes, string expected)
    {
        var written = Write((ref writer) => writer.WriteText(text, maxBytes));

        new MessageReader(Convert.FromHexString(written)).TryReadText(maxBytes, out var read);
        Assert.That(read, Is.EqualTo(expected));
    }

    [Test]
    public void WriteText_WritesAReplacement_ForALoneSurrogate()
    {
        var written = Write((ref writer) => writer.WriteText("a\uD800b", 10));

        Assert.That(written, Is.EqualTo("A561EFBFBD62"));
    }

    [Test]
    public void Writer_WritesNothingMore_OnceSomethingDidNotFit()
    {
        var writer = new MessageWriter(new byte[3]);

        writer.WriteUnsigned(1);
        writer.WriteUnsigned(70_000);
        writer.WriteUnsigned(2);
        writer.WriteText("x", 1);
        writer.WriteBinary([3]);

        Assert.That(writer.HasOverflowed, Is.True);
        Assert.That(writer.Written.ToArray(), Is.EqualTo(new byte[] { 1 }));
    }

    [Test]
    public void ReadersAndWriters_AllocateNothing()
    {
        var buffer = new byte[256];
        WriteAndRead(buffer);

        var before = GC.GetAllocatedBytesForCurrentThread();
        WriteAndRead(buffer);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(allocated, Is.Zero);
    }

    private static void WriteAndRead(byte[] buffer)
    {
        var writer = new MessageWriter(buffer);
        writer.WriteArrayHeader(4);
        writer.WriteUnsigned(300);
        writer.WriteSigned(-300);
        writer.WriteText("text → here", 8);
        writer.WriteBinary(buffer.AsSpan(0, 16));

        var reader = new MessageReader(writer.Written);
        reader.TryReadArray(2, out var unknown);
        reader.TryReadUInt64(out _);
        reader.TryReadInt64(out _);
        reader.TryReadEnd(unknown);
    }

    private delegate void Body(ref MessageWriter writer);

    private static string Write(Body body)
    {
        var writer = new MessageWriter(new byte[70_000]);
        body(ref writer);
        return Convert.ToHexString(writer.Written);
    }
}
