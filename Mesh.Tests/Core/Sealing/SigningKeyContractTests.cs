using Mesh.Core.Sealing;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sealing;

/// <summary>What Ed25519 of every provider must do.</summary>
[TestFixtureSource(typeof(PrimitivesProviders), nameof(PrimitivesProviders.Names))]
public sealed class SigningKeyContractTests(string provider)
{
    // The order of the group, little endian (RFC 8032 §5.1): S + order is the same number and must be refused.
    private static readonly byte[] Order =
        Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

    private readonly IPrimitives _primitives = PrimitivesProviders.Get(provider);

    [Test]
    public void Sign_GivesThePublishedSignatures_ForRfc8032()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var test in VectorFiles.Tests("ed25519-rfc8032.json"))
            {
                using var key = _primitives.CreateSigningKey(test.Bytes("seed"));
                var signature = new byte[SigningKey.SignatureBytes];
                key.Sign(test.Bytes("message"), signature);

                Assert.That(key.PublicKey.ToArray(), Is.EqualTo(test.Bytes("publicKey")), test.Text("name"));
                Assert.That(signature, Is.EqualTo(test.Bytes("signature")), test.Text("name"));
                Assert.That(
                    _primitives.Verify(key.PublicKey, test.Bytes("message"), signature),
                    Is.True,
                    test.Text("name"));
            }
        }
    }

    [TestCaseSource(nameof(WycheproofFiles))]
    public void Verify_HoldsEveryTest_OfWycheproof(string path)
    {
        var count = 0;

        foreach (var group in VectorFiles.Read(path).GetProperty("testGroups").EnumerateArray())
        {
            var publicKey = group.GetProperty("publicKey").Bytes("pk");
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var isGood = _primitives.Verify(publicKey, test.Bytes("msg"), test.Bytes("sig"));

                Assert.That(isGood, Is.EqualTo(test.Text("result") == "valid"), test.ToString());
                count++;
            }
        }

        Assert.That(count, Is.Positive);
    }

    [Test]
    public void Verify_ReturnsFalse_WhenAnyBitOfTheSignatureDiffers()
    {
        using var key = CreateKey();
        var message = "a message"u8.ToArray();
        var signature = Sign(key, message);

        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(_primitives.Verify(key.PublicKey, message, signature), Is.False, $"bit {bit}");
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Test]
    public void Verify_ReturnsFalse_WhenTheMessageOrTheKeyDiffers()
    {
        using var key = CreateKey();
        using var other = _primitives.CreateSigningKey(new byte[SigningKey.SeedBytes]);
        var signature = Sign(key, "a message"u8);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_primitives.Verify(key.PublicKey, "a messagf"u8, signature), Is.False);
            Assert.That(_primitives.Verify(other.PublicKey, "a message"u8, signature), Is.False);
        }
    }

    [Test]
    public void Verify_ReturnsFalse_WhenSIsNotReduced()
    {
        using var key = CreateKey();
        var signature = Sign(key, "a message"u8);
        var carry = 0;

        for (var index = 0; index < Order.Length; index++)
        {
            var sum = signature[32 + index] + Order[index] + carry;
            signature[32 + index] = (byte)sum;
            carry = sum >> 8;
        }

        Assert.That(_primitives.Verify(key.PublicKey, "a message"u8, signature), Is.False);
    }

    [Test]
    public void Verify_ReturnsFalse_WhenTheKeyIsOfSmallOrder()
    {
        // The neutral element as key and as R, with S = 0, satisfies the equation for every message.
        var neutral = new byte[32];
        neutral[0] = 1;
        byte[] signature = [.. neutral, .. new byte[32]];

        Assert.That(_primitives.Verify(neutral, "any message"u8, signature), Is.False);
    }

    [TestCase(31, 64)]
    [TestCase(33, 64)]
    [TestCase(0, 64)]
    [TestCase(32, 63)]
    [TestCase(32, 65)]
    [TestCase(32, 0)]
    public void Verify_ReturnsFalse_WhenALengthIsWrong(int keyLength, int signatureLength) =>
        Assert.That(_primitives.Verify(new byte[keyLength], [], new byte[signatureLength]), Is.False);

    [Test]
    public void Sign_Throws_WhenTheSignatureHasNoRoom()
    {
        using var key = CreateKey();

        Assert.That(() => key.Sign([], new byte[63]), Throws.ArgumentException);
    }

    [Test]
    public void Sign_Throws_WhenDisposed()
    {
        var key = CreateKey();
        key.Dispose();
        key.Dispose();

        Assert.That(() => key.Sign([], new byte[64]), Throws.TypeOf<ObjectDisposedException>());
    }

    [TestCase(31)]
    [TestCase(64)]
    public void CreateSigningKey_Throws_WhenTheSeedHasAnotherLength(int length) =>
        Assert.That(() => _primitives.CreateSigningKey(new byte[length]), Throws.ArgumentException);

    [Test]
    public void SignAndVerify_AllocateNothing()
    {
        using var key = CreateKey();
        var message = new byte[1_000];
        var signature = new byte[SigningKey.SignatureBytes];

        Assert.That(AllocatedBytes.Of(() => key.Sign(message, signature)), Is.Zero);
        Assert.That(AllocatedBytes.Of(() => _primitives.Verify(key.PublicKey, message, signature)), Is.Zero);
    }

    private static IEnumerable<string> WycheproofFiles() => VectorFiles.Find("wycheproof-ed25519*.json");

    private static byte[] Sign(SigningKey key, ReadOnlySpan<byte> message)
    {
        var signature = new byte[SigningKey.SignatureBytes];
        key.Sign(message, signature);
        return signature;
    }

    private SigningKey CreateKey() => _primitives.CreateSigningKey(Enumerable.Repeat((byte)7, 32).ToArray());
}
