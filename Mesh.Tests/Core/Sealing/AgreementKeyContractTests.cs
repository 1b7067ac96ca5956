using Mesh.Core.Sealing;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sealing;

/// <summary>What X25519 of every provider must do.</summary>
[TestFixtureSource(typeof(PrimitivesProviders), nameof(PrimitivesProviders.Names))]
public sealed class AgreementKeyContractTests(string provider)
{
    private readonly IPrimitives _primitives = PrimitivesProviders.Get(provider);

    // The points of order 1, 2, 4 and 8 in both encodings below 2^255, from RFC 7748 §6.1 and §7: each gives zero.
    private static IEnumerable<string> SmallOrderPoints =>
    [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];

    [Test]
    public void TryAgree_GivesThePublishedSecrets_ForRfc7748()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var test in VectorFiles.Tests("x25519-rfc7748.json"))
            {
                using var key = _primitives.CreateAgreementKey(test.Bytes("secret"));
                var shared = new byte[AgreementKey.SharedBytes];

                Assert.That(key.TryAgree(test.Bytes("peer"), shared), Is.True, test.Text("name"));
                Assert.That(shared, Is.EqualTo(test.Bytes("shared")), test.Text("name"));
                Assert.That(key.PublicKey.ToArray(), Is.EqualTo(test.Bytes("publicKey")), test.Text("name"));
            }
        }
    }

    [TestCase(1, "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079")]
    [TestCase(1_000, "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51")]
    public void TryAgree_GivesThePublishedSecret_WhenIterated(int rounds, string expected)
    {
        // RFC 7748 §5.2: the result is the next scalar, the scalar the next point.
        var scalar = new byte[AgreementKey.SecretBytes];
        scalar[0] = 9;
        var point = (byte[])scalar.Clone();

        for (var round = 0; round < rounds; round++)
        {
            using var key = _primitives.CreateAgreementKey(scalar);
            var result = new byte[AgreementKey.SharedBytes];
            Assert.That(key.TryAgree(point, result), Is.True);
            point = scalar;
            scalar = result;
        }

        Assert.That(scalar, Is.EqualTo(Convert.FromHexString(expected)));
    }

    [TestCaseSource(nameof(WycheproofFiles))]
    public void TryAgree_HoldsEveryTest_OfWycheproof(string path)
    {
        var count = 0;

        foreach (var test in VectorFiles.Read(path).GetProperty("testGroups").EnumerateArray()
            .SelectMany(group => group.GetProperty("tests").EnumerateArray()))
        {
            using var key = _primitives.CreateAgreementKey(test.Bytes("private"));
            var expected = test.Bytes("shared");
            var shared = new byte[AgreementKey.SharedBytes];
            var isAgreed = key.TryAgree(test.Bytes("public"), shared);

            Assert.That(isAgreed, Is.EqualTo(expected.AsSpan().ContainsAnyExcept((byte)0)), test.ToString());
            Assert.That(shared, Is.EqualTo(expected), test.ToString());
            count++;
        }

        Assert.That(count, Is.Positive);
    }

    [TestCaseSource(nameof(SmallOrderPoints))]
    public void TryAgree_ReturnsFalseAndZeroes_ForAPointOfSmallOrder(string point)
    {
        using var key = _primitives.CreateAgreementKey(Enumerable.Repeat((byte)0x42, 32).ToArray());
        var shared = Enumerable.Repeat((byte)0xff, AgreementKey.SharedBytes).ToArray();

        var isAgreed = key.TryAgree(Convert.FromHexString(point), shared);

        Assert.That(isAgreed, Is.False);
        Assert.That(shared, Is.All.Zero);
    }

    [TestCase(0)]
    [TestCase(31)]
    [TestCase(33)]
    public void TryAgree_ReturnsFalse_WhenThePeersKeyHasAnotherLength(int length)
    {
        using var key = _primitives.CreateAgreementKey(new byte[AgreementKey.SecretBytes]);

        Assert.That(key.TryAgree(new byte[length], new byte[AgreementKey.SharedBytes]), Is.False);
    }

    [Test]
    public void TryAgree_Throws_WhenTheResultHasNoRoom()
    {
        using var key = _primitives.CreateAgreementKey(new byte[AgreementKey.SecretBytes]);

        Assert.That(() => key.TryAgree(new byte[32], new byte[31]), Throws.ArgumentException);
    }

    [Test]
    public void TryAgree_Throws_WhenDisposed()
    {
        var key = _primitives.CreateAgreementKey(new byte[AgreementKey.SecretBytes]);
        key.Dispose();
        key.Dispose();

        Assert.That(() => key.TryAgree(new byte[32], new byte[32]), Throws.TypeOf<ObjectDisposedException>());
    }

    [TestCase(31)]
    [TestCase(33)]
    public void CreateAgreementKey_Throws_WhenTheSecretHasAnotherLength(int length) =>
        Assert.That(() => _primitives.CreateAgreementKey(new byte[length]), Throws.ArgumentException);

    [Test]
    public void TryAgree_AllocatesLittle()
    {
        const int MaxBytesOfAHundred = 100 * 256;
        using var key = _primitives.CreateAgreementKey(new byte[AgreementKey.SecretBytes]);
        using var peer = _primitives.CreateAgreementKey(Enumerable.Repeat((byte)1, 32).ToArray());
        var shared = new byte[AgreementKey.SharedBytes];

        Assert.That(
            AllocatedBytes.Of(() => key.TryAgree(peer.PublicKey, shared)),
            Is.LessThanOrEqualTo(MaxBytesOfAHundred));
    }

    private static IEnumerable<string> WycheproofFiles() => VectorFiles.Find("wycheproof-x25519*.json");
}
