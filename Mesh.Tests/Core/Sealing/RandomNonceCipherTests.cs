using Mesh.Core.Sealing;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sealing;

/// <summary>Beacons and journal keys: sealed under a lasting key with a random nonce.</summary>
public sealed class RandomNonceCipherTests : IDisposable
{
    private readonly AeadKey _key;
    private readonly RandomNonceCipher _cipher;

    public RandomNonceCipherTests()
    {
        var primitives = PrimitivesProvider.Load();
        _key = primitives.CreateAeadKey(AeadAlgorithm.XChaCha20Poly1305, [.. Enumerable.Repeat((byte)8, 32)]);
        _cipher = new RandomNonceCipher(primitives, _key);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(434)]
    public void TryOpen_GivesBackWhatWasSealed(int length)
    {
        var body = new byte[length];
        new Random(length).NextBytes(body);
        var opened = new byte[length];

        var isOpened = _cipher.TryOpen("MESH"u8, Seal(body), opened, out var written);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isOpened, Is.True);
            Assert.That(written, Is.EqualTo(length));
            Assert.That(opened, Is.EqualTo(body));
        }
    }

    [Test]
    public void Seal_PutsTheNonceInFront()
    {
        var sealedText = Seal("body"u8);
        var plaintext = new byte[4];

        var isOpened = _key.Open(sealedText.AsSpan(0, 24), "MESH"u8, sealedText.AsSpan(24), plaintext);

        Assert.That(isOpened, Is.True);
        Assert.That(plaintext, Is.EqualTo("body"u8.ToArray()));
    }

    [Test]
    public void Seal_GivesOtherBytes_ForTheSameBody()
    {
        var first = Seal("body"u8);
        var second = Seal("body"u8);

        Assert.That(first[..24], Is.Not.EqualTo(second[..24]));
        Assert.That(first[24..], Is.Not.EqualTo(second[24..]));
    }

    [Test]
    public void TryOpen_ReturnsFalse_WhenAnyBitDiffers()
    {
        var sealedText = Seal("body"u8);

        for (var bit = 0; bit < sealedText.Length * 8; bit++)
        {
            sealedText[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(_cipher.TryOpen("MESH"u8, sealedText, new byte[4], out var written), Is.False, $"bit {bit}");
            Assert.That(written, Is.Zero);
            sealedText[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Test]
    public void TryOpen_ReturnsFalse_WhenTheFieldsInFrontDiffer() =>
        Assert.That(_cipher.TryOpen("MESI"u8, Seal("body"u8), new byte[4], out _), Is.False);

    [Test]
    public void TryOpen_ReturnsFalse_ForEveryTruncation()
    {
        var sealedText = Seal("body"u8);

        for (var length = 0; length < sealedText.Length; length++)
        {
            Assert.That(
                _cipher.TryOpen("MESH"u8, sealedText.AsSpan(0, length), new byte[4], out _),
                Is.False,
                $"{length} bytes");
        }
    }

    [Test]
    public void SealAndTryOpen_Throw_WhenASizeIsWrong()
    {
        var sealedText = Seal("body"u8);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => _cipher.Seal([], new byte[4], new byte[43]), Throws.ArgumentException);
            Assert.That(() => _cipher.TryOpen("MESH"u8, sealedText, new byte[3], out _), Throws.ArgumentException);
        }
    }

    [Test]
    public void SealAndTryOpen_AllocateNothing()
    {
        var body = new byte[300];
        var sealedText = new byte[body.Length + RandomNonceCipher.OverheadBytes];

        Assert.That(AllocatedBytes.Of(() => _cipher.Seal([], body, sealedText)), Is.Zero);
        Assert.That(AllocatedBytes.Of(() => _cipher.TryOpen([], sealedText, body, out _)), Is.Zero);
    }

    public void Dispose() => _key.Dispose();

    private byte[] Seal(ReadOnlySpan<byte> body)
    {
        var sealedText = new byte[body.Length + RandomNonceCipher.OverheadBytes];
        _cipher.Seal("MESH"u8, body, sealedText);
        return sealedText;
    }
}
