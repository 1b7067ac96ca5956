using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sealing;

/// <summary>Frames between a publisher, its readers, and those who would be one of them.</summary>
public sealed class FrameSealingTests : IDisposable
{
    private static readonly byte[] NodeId = [.. Enumerable.Range(100, 20).Select(value => (byte)value)];

    private static readonly FrameHeader Header = new()
    {
        Lane = 1,
        Incarnation = 1_700_000_000_000,
        Epoch = 3,
        FrameNumber = 17,
        FirstRecord = 1_000,
        RecordCount = 12,
    };

    private readonly IPrimitives _primitives = PrimitivesProvider.Load();
    private readonly SigningKey _signing;
    private readonly EpochKey _key;
    private readonly FrameSealer _sealer;
    private readonly FrameOpener _opener;
    private readonly byte[] _plaintext = new byte[WireLimits.MaxFrameBytes];

    public FrameSealingTests()
    {
        _signing = _primitives.CreateSigningKey([.. Enumerable.Repeat((byte)4, 32)]);
        _key = EpochKey.Import(_primitives, [.. Enumerable.Repeat((byte)5, 32)]);
        _sealer = new FrameSealer(_primitives, _signing, NodeId);
        _opener = new FrameOpener(_primitives, _signing.PublicKey, NodeId);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(238)]
    [TestCase(239)]
    [TestCase(240)]
    [TestCase(241)]
    [TestCase(WireLimits.FlushFramePlaintextBytes)]
    [TestCase(WireLimits.MaxFramePlaintextBytes)]
    public void Open_GivesBackWhatWasSealed(int length)
    {
        var records = new byte[length];
        new Random(length).NextBytes(records);

        var frame = Seal(records);
        var result = _opener.Open(frame, _key, _plaintext, out var written);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(OpenResult.Opened));
            Assert.That(_plaintext[..written], Is.EqualTo(records));
            Assert.That(frame, Has.Length.EqualTo(SealedFrame.SizeOf(length)));
            Assert.That(frame, Has.Length.LessThanOrEqualTo(WireLimits.MaxFrameBytes));
            Assert.That(frame.Length - length, Is.LessThanOrEqualTo(SealedFrame.MaxOverheadBytes));
        }
    }

    [Test]
    public void Open_Refuses_WhenAnyBitDiffers()
    {
        var frame = Seal([.. Enumerable.Repeat((byte)9, 300)]);

        for (var bit = 0; bit < frame.Length * 8; bit++)
        {
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
            var result = _opener.Open(frame, _key, _plaintext, out var written);
            frame[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.That(result, Is.Not.EqualTo(OpenResult.Opened), $"bit {bit}");
            Assert.That(written, Is.Zero);
        }

        Assert.That(_opener.Open(frame, _key, _plaintext, out _), Is.EqualTo(OpenResult.Opened));
    }

    [TestCase(0, nameof(OpenResult.Malformed), Description = "array")]
    [TestCase(1, nameof(OpenResult.Malformed), Description = "form of the header")]
    [TestCase(2, nameof(OpenResult.Malformed), Description = "length of the header")]
    [TestCase(3, nameof(OpenResult.BadHeader), Description = "format")]
    [TestCase(5, nameof(OpenResult.Forged), Description = "lane")]
    [TestCase(13, nameof(OpenResult.Forged), Description = "incarnation")]
    [TestCase(17, nameof(OpenResult.Forged), Description = "epoch")]
    [TestCase(25, nameof(OpenResult.Forged), Description = "frame number")]
    [TestCase(33, nameof(OpenResult.Forged), Description = "first record")]
    [TestCase(37, nameof(OpenResult.Forged), Description = "record count")]
    [TestCase(38, nameof(OpenResult.WrongKey), Description = "key id")]
    [TestCase(69, nameof(OpenResult.Forged), Description = "salt")]
    [TestCase(70, nameof(OpenResult.Malformed), Description = "form of the ciphertext")]
    [TestCase(72, nameof(OpenResult.Malformed), Description = "length of the ciphertext")]
    [TestCase(73, nameof(OpenResult.Forged), Description = "ciphertext")]
    [TestCase(388, nameof(OpenResult.Forged), Description = "tag")]
    [TestCase(389, nameof(OpenResult.Malformed), Description = "form of the signature")]
    [TestCase(390, nameof(OpenResult.Malformed), Description = "length of the signature")]
    [TestCase(391, nameof(OpenResult.BadSignature), Description = "first half of the signature")]
    [TestCase(454, nameof(OpenResult.BadSignature), Description = "second half of the signature")]
    public void Open_NamesTheCheck_ThatACorruptedFieldFails(int offset, string expected)
    {
        var frame = Seal(new byte[300]);
        Assert.That(frame, Has.Length.EqualTo(455));
        frame[offset] ^= 0x20;

        Assert.That(_opener.Open(frame, _key, _plaintext, out _).ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void Open_IsMalformed_ForEveryTruncationAndExtension()
    {
        byte[] frame = [.. Seal(new byte[300]), 0];

        for (var length = 0; length <= frame.Length; length++)
        {
            var expected = length == frame.Length - 1 ? OpenResult.Opened : OpenResult.Malformed;
            Assert.That(
                _opener.Open(frame.AsSpan(0, length), _key, _plaintext, out _),
                Is.EqualTo(expected),
                $"{length} bytes");
        }
    }

    [Test]
    public void Open_IsMalformed_WhenALengthIsNotInItsShortestForm()
    {
        var frame = Seal(new byte[10]);
        byte[] longer = [.. frame[..70], 0xc5, 0, .. frame[71..]];
        byte[] longest = [.. frame[..70], 0xc6, 0, 0, 0, .. frame[71..]];

        Assert.That(_opener.Open(longer, _key, _plaintext, out _), Is.EqualTo(OpenResult.Malformed));
        Assert.That(_opener.Open(longest, _key, _plaintext, out _), Is.EqualTo(OpenResult.Malformed));
    }

    [Test]
    public void Open_IsTooLarge_BeyondTheLimit() =>
        Assert.That(
            _opener.Open(new byte[WireLimits.MaxFrameBytes + 1], _key, _plaintext, out _),
            Is.EqualTo(OpenResult.TooLarge));

    [Test]
    public void Open_IsWrongKey_UnderAnotherKey()
    {
        using var other = EpochKey.Create(_primitives);

        Assert.That(_opener.Open(Seal([1]), other, _plaintext, out _), Is.EqualTo(OpenResult.WrongKey));
    }

    [Test]
    public void Open_IsForged_ForTheFrameOfAnotherNode()
    {
        var opener = new FrameOpener(_primitives, _signing.PublicKey, new byte[20]);

        Assert.That(opener.Open(Seal([1]), _key, _plaintext, out _), Is.EqualTo(OpenResult.Forged));
    }

    [Test]
    public void Open_IsBadSignatureAndShowsNothing_WhenAReaderForgesWithTheTrueKey()
    {
        // A trusted reader holds the epoch key, and seals in the publisher's name.
        using var readersKey = _primitives.CreateSigningKey([.. Enumerable.Repeat((byte)6, 32)]);
        var forger = new FrameSealer(_primitives, readersKey, NodeId);
        var frame = new byte[WireLimits.MaxFrameBytes];
        var length = forger.Seal(_key, Header, [1, 2, 3], frame);

        var result = _opener.Open(frame.AsSpan(0, length), _key, _plaintext, out var written);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(OpenResult.BadSignature));
            Assert.That(written, Is.Zero);
            Assert.That(_plaintext, Is.All.Zero);
        }
    }

    [Test]
    public void Verify_NeedsNoKey_AndFindsEveryChange()
    {
        var frame = Seal([1, 2, 3]);
        SealedFrame.Read(frame, out var parts);
        var isGood = _opener.Verify(parts);
        frame[80] ^= 1;
        SealedFrame.Read(frame, out parts);

        Assert.That(isGood, Is.True);
        Assert.That(_opener.Verify(parts), Is.False);
    }

    [Test]
    public void Seal_DrawsANewSalt_ForEachFrame()
    {
        var salts = new HashSet<UInt128>();
        for (var count = 0; count < 100; count++)
        {
            SealedFrame.Read(Seal([1]), out var parts);
            salts.Add(parts.Header.Salt);
        }

        Assert.That(salts, Has.Count.EqualTo(100));
    }

    [Test]
    public void Seal_Throws_WhenTheFrameDoesNotFit()
    {
        var large = new byte[WireLimits.MaxFramePlaintextBytes + 1];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => _sealer.Seal(_key, Header, large, new byte[70_000]), Throws.ArgumentException);
            Assert.That(() => _sealer.Seal(_key, Header, [1], new byte[154]), Throws.ArgumentException);
            Assert.That(
                () => _sealer.Seal(_key, Header with { FrameNumber = 0 }, [1], new byte[200]),
                Throws.ArgumentException);
        }
    }

    [Test]
    public void Open_Throws_WhenThereIsNoRoom()
    {
        var frame = Seal(new byte[10]);

        Assert.That(() => _opener.Open(frame, _key, new byte[9], out _), Throws.ArgumentException);
    }

    [Test]
    public void EpochKey_GivesItselfOut_UntilItIsDisposed()
    {
        var key = EpochKey.Create(_primitives);
        var copy = new byte[EpochKey.SizeBytes];
        key.CopyTo(copy);
        using var imported = EpochKey.Import(_primitives, copy);
        key.Dispose();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(imported.KeyId, Is.EqualTo(key.KeyId));
            Assert.That(() => key.CopyTo(copy), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(
                () => _sealer.Seal(key, Header, [1], new byte[200]),
                Throws.TypeOf<ObjectDisposedException>());
        }
    }

    [Test]
    public void SealAndOpen_AllocateNothing()
    {
        var records = new byte[1_000];
        var frame = new byte[SealedFrame.SizeOf(records.Length)];

        var sealing = AllocatedBytes.Of(() => _sealer.Seal(_key, Header, records, frame));
        var opening = AllocatedBytes.Of(() => _opener.Open(frame, _key, _plaintext, out _));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sealing, Is.Zero);
            Assert.That(opening, Is.Zero);
        }
    }

    public void Dispose()
    {
        _signing.Dispose();
        _key.Dispose();
    }

    private byte[] Seal(ReadOnlySpan<byte> records)
    {
        var frame = new byte[WireLimits.MaxFrameBytes];
        return frame[.._sealer.Seal(_key, Header, records, frame)];
    }
}
