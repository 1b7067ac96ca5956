using Mesh.Core.Sealing;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sealing;

/// <summary>What the authenticated ciphers of every provider must do.</summary>
[TestFixtureSource(nameof(Fixtures))]
public sealed class AeadKeyContractTests(string provider, string algorithm)
{
    private readonly IPrimitives _primitives = PrimitivesProviders.Get(provider);
    private readonly AeadAlgorithm _algorithm = Enum.Parse<AeadAlgorithm>(algorithm);

    private static IEnumerable<object[]> Fixtures =>
        from name in PrimitivesProviders.Names
        from algorithm in Enum.GetNames<AeadAlgorithm>()
        select new object[] { name, algorithm };

    [Test]
    public void SealAndOpen_GiveThePublishedTexts()
    {
        var tests = VectorFiles.Tests("aead-rfc8439-xchacha.json")
            .Where(test => test.Text("algorithm") == _algorithm.ToString())
            .ToList();

        Assert.That(tests, Is.Not.Empty);
        foreach (var test in tests)
        {
            using var key = _primitives.CreateAeadKey(_algorithm, test.Bytes("key"));
            var plaintext = test.Bytes("plaintext");
            var sealedText = new byte[plaintext.Length + AeadKey.TagBytes];
            var opened = new byte[plaintext.Length];

            key.Seal(test.Bytes("nonce"), test.Bytes("associatedData"), plaintext, sealedText);
            var isOpened = key.Open(test.Bytes("nonce"), test.Bytes("associatedData"), sealedText, opened);

            Assert.That(sealedText, Is.EqualTo(test.Bytes("ciphertext")), test.Text("name"));
            Assert.That(isOpened, Is.True, test.Text("name"));
            Assert.That(opened, Is.EqualTo(plaintext), test.Text("name"));
        }
    }

    [TestCaseSource(nameof(WycheproofFiles))]
    public void SealAndOpen_HoldEveryTest_OfWycheproof(string path)
    {
        // Both ciphers' files have the same form; this fixture takes its own.
        var root = VectorFiles.Read(path);
        var isMine = root.Text("algorithm").Replace("-", string.Empty, StringComparison.Ordinal)
            .Equals(_algorithm.ToString(), StringComparison.OrdinalIgnoreCase);
        var count = 0;

        foreach (var group in root.GetProperty("testGroups").EnumerateArray().Where(_ => isMine))
        {
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                AssertWycheproof(test);
                count++;
            }
        }

        Assert.That(count > 0, Is.EqualTo(isMine));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(63)]
    [TestCase(64)]
    [TestCase(65)]
    [TestCase(60_000)]
    public void Open_GivesBackWhatWasSealed_InPlace(int length)
    {
        using var key = CreateKey();
        var nonce = new byte[key.NonceBytes];
        var expected = new byte[length];
        new Random(length).NextBytes(expected);
        var buffer = new byte[length + AeadKey.TagBytes];
        expected.CopyTo(buffer, 0);

        key.Seal(nonce, [], buffer.AsSpan(0, length), buffer);
        var isOpened = key.Open(nonce, [], buffer, buffer.AsSpan(0, length));

        Assert.That(isOpened, Is.True);
        Assert.That(buffer[..length], Is.EqualTo(expected));
    }

    [Test]
    public void Open_ReturnsFalse_WhenAnyBitOfTheCiphertextDiffers()
    {
        using var key = CreateKey();
        var nonce = new byte[key.NonceBytes];
        var ciphertext = new byte["a message"u8.Length + AeadKey.TagBytes];
        key.Seal(nonce, "ad"u8, "a message"u8, ciphertext);

        for (var bit = 0; bit < ciphertext.Length * 8; bit++)
        {
            ciphertext[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(key.Open(nonce, "ad"u8, ciphertext, new byte[9]), Is.False, $"bit {bit}");
            ciphertext[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Test]
    public void Open_ReturnsFalseAndShowsNothing_WhenNonceOrAssociatedDataOrKeyDiffers()
    {
        using var key = CreateKey();
        using var other = _primitives.CreateAeadKey(_algorithm, new byte[AeadKey.KeyBytes]);
        var nonce = new byte[key.NonceBytes];
        var otherNonce = Enumerable.Repeat((byte)1, key.NonceBytes).ToArray();
        var ciphertext = new byte[9 + AeadKey.TagBytes];
        key.Seal(nonce, "ad"u8, "a message"u8, ciphertext);
        var plaintext = new byte[9];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(key.Open(otherNonce, "ad"u8, ciphertext, plaintext), Is.False);
            Assert.That(key.Open(nonce, "ae"u8, ciphertext, plaintext), Is.False);
            Assert.That(key.Open(nonce, [], ciphertext, plaintext), Is.False);
            Assert.That(other.Open(nonce, "ad"u8, ciphertext, plaintext), Is.False);
            Assert.That(plaintext, Is.Not.EqualTo("a message"u8.ToArray()));
        }
    }

    [Test]
    public void Open_ReturnsFalse_WhenTheCiphertextIsTruncated()
    {
        using var key = CreateKey();
        var nonce = new byte[key.NonceBytes];
        var ciphertext = new byte[9 + AeadKey.TagBytes];
        key.Seal(nonce, [], "a message"u8, ciphertext);

        for (var length = 0; length < ciphertext.Length; length++)
        {
            var plaintext = new byte[Math.Max(0, length - AeadKey.TagBytes)];
            Assert.That(key.Open(nonce, [], ciphertext.AsSpan(0, length), plaintext), Is.False, $"{length} bytes");
        }
    }

    [Test]
    public void SealAndOpen_Throw_WhenASizeIsWrong()
    {
        using var key = CreateKey();
        var nonce = new byte[key.NonceBytes];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => key.Seal(new byte[key.NonceBytes - 1], [], [], new byte[16]), Throws.ArgumentException);
            Assert.That(() => key.Seal(nonce, [], new byte[1], new byte[16]), Throws.ArgumentException);
            Assert.That(() => key.Open(new byte[key.NonceBytes + 1], [], new byte[16], []), Throws.ArgumentException);
            Assert.That(() => key.Open(nonce, [], new byte[17], []), Throws.ArgumentException);
        }
    }

    [Test]
    public void SealAndOpen_Throw_WhenTheBuffersOverlapWithoutStartingTogether()
    {
        using var key = CreateKey();
        var nonce = new byte[key.NonceBytes];
        var buffer = new byte[64];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => key.Seal(nonce, [], buffer.AsSpan(0, 8), buffer.AsSpan(1, 24)),
                Throws.ArgumentException);
            Assert.That(
                () => key.Open(nonce, [], buffer.AsSpan(0, 24), buffer.AsSpan(16, 8)),
                Throws.ArgumentException);
        }
    }

    [Test]
    public void SealAndOpen_Throw_WhenDisposed()
    {
        var key = CreateKey();
        key.Dispose();
        key.Dispose();
        var nonce = new byte[key.NonceBytes];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => key.Seal(nonce, [], [], new byte[16]), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => key.Open(nonce, [], new byte[16], []), Throws.TypeOf<ObjectDisposedException>());
        }
    }

    [TestCase(0)]
    [TestCase(16)]
    [TestCase(33)]
    public void CreateAeadKey_Throws_WhenTheKeyHasAnotherLength(int length) =>
        Assert.That(() => _primitives.CreateAeadKey(_algorithm, new byte[length]), Throws.ArgumentException);

    [Test]
    public void SealAndOpen_AllocateNothing()
    {
        using var key = CreateKey();
        var nonce = new byte[key.NonceBytes];
        var plaintext = new byte[1_000];
        var ciphertext = new byte[plaintext.Length + AeadKey.TagBytes];

        Assert.That(AllocatedBytes.Of(() => key.Seal(nonce, nonce, plaintext, ciphertext)), Is.Zero);
        Assert.That(AllocatedBytes.Of(() => key.Open(nonce, nonce, ciphertext, plaintext)), Is.Zero);
    }

    private static IEnumerable<string> WycheproofFiles() => VectorFiles.Find("wycheproof-*chacha20_poly1305*.json");

    private AeadKey CreateKey() => _primitives.CreateAeadKey(_algorithm, Enumerable.Repeat((byte)7, 32).ToArray());

    private void AssertWycheproof(System.Text.Json.JsonElement test)
    {
        using var key = _primitives.CreateAeadKey(_algorithm, test.Bytes("key"));
        var nonce = test.Bytes("iv");
        var message = test.Bytes("msg");
        byte[] expected = [.. test.Bytes("ct"), .. test.Bytes("tag")];
        var opened = new byte[message.Length];

        if (nonce.Length != key.NonceBytes)
        {
            // A nonce never comes from the network in another size; the seam refuses it as the caller's fault.
            Assert.That(() => key.Open(nonce, [], expected, opened), Throws.ArgumentException, test.ToString());
            return;
        }

        var isValid = test.Text("result") == "valid";
        var ciphertext = new byte[expected.Length];
        key.Seal(nonce, test.Bytes("aad"), message, ciphertext);

        Assert.That(key.Open(nonce, test.Bytes("aad"), expected, opened), Is.EqualTo(isValid), test.ToString());
        Assert.That(ciphertext.AsSpan().SequenceEqual(expected), Is.EqualTo(isValid), test.ToString());
    }
}
