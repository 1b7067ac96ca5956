using System.Security.Cryptography;
using System.Text.Json;
using Mesh.Core.Sealing;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sealing;

/// <summary>Every derived key is the one that the wire format names.</summary>
public sealed class KeyDerivationTests
{
    private delegate void Derivation(ReadOnlySpan<byte> secret, Span<byte> key);

    [Test]
    public void DeriveKey_GivesThePublishedOutputs_ForRfc5869()
    {
        foreach (var test in VectorFiles.Tests("hkdf-rfc5869.json"))
        {
            var expected = test.Bytes("output");
            var output = new byte[expected.Length];

            HKDF.DeriveKey(
                HashAlgorithmName.SHA256,
                test.Bytes("secret"),
                output,
                test.Bytes("salt"),
                test.Bytes("info"));

            Assert.That(output, Is.EqualTo(expected), test.Text("name"));
        }
    }

    [Test]
    public void Derive_GivesThePublishedKeys()
    {
        var node = Entry("node");
        var mesh = Entry("mesh key");
        var invite = Entry("invite");
        var epoch = Entry("epoch key");
        var name = Entry("mesh name");

        using (Assert.EnterMultipleScope())
        {
            AssertDerived(KeyDerivation.DeriveSigningSeed, node, "seed", "signingSeed");
            AssertDerived(KeyDerivation.DeriveAgreementSecret, node, "seed", "agreementSecret");
            AssertDerived(KeyDerivation.DeriveJournalKey, node, "seed", "journalKey");
            AssertDerived(KeyDerivation.DeriveMeshId, mesh, "key", "meshId");
            AssertDerived(KeyDerivation.DeriveMeshPresharedKey, mesh, "key", "psk");
            AssertDerived(KeyDerivation.DeriveBeaconKey, mesh, "key", "beaconKey");
            AssertDerived(KeyDerivation.DeriveInviteId, invite, "secret", "inviteId");
            AssertDerived(KeyDerivation.DeriveInvitePresharedKey, invite, "secret", "psk");
            AssertDerived(KeyDerivation.DeriveEpochKeyId, epoch, "key", "keyId");
            Assert.That(
                Derived(KeyDerivation.DeriveMeshKey, "default"u8, 32),
                Is.EqualTo(name.Bytes("key")));
        }
    }

    [Test]
    public void Derive_Throws_WhenASizeIsWrong()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Derived(KeyDerivation.DeriveSigningSeed, new byte[31], 32), Throws.ArgumentException);
            Assert.That(() => Derived(KeyDerivation.DeriveSigningSeed, new byte[32], 33), Throws.ArgumentException);
            Assert.That(() => Derived(KeyDerivation.DeriveInviteId, new byte[32], 8), Throws.ArgumentException);
            Assert.That(() => Derived(KeyDerivation.DeriveInviteId, new byte[16], 16), Throws.ArgumentException);
            Assert.That(() => Derived(KeyDerivation.DeriveMeshId, new byte[16], 8), Throws.ArgumentException);
            Assert.That(() => Derived(KeyDerivation.DeriveEpochKeyId, new byte[32], 32), Throws.ArgumentException);
            Assert.That(() => Derived(KeyDerivation.DeriveMeshKey, [], 32), Throws.ArgumentException);
        }
    }

    private static JsonElement Entry(string name) =>
        VectorFiles.Tests("mesh1-derivation.json").Single(test => test.Text("name") == name);

    private static void AssertDerived(Derivation derivation, JsonElement test, string secret, string key)
    {
        var expected = test.Bytes(key);
        Assert.That(Derived(derivation, test.Bytes(secret), expected.Length), Is.EqualTo(expected), key);
    }

    private static byte[] Derived(Derivation derivation, ReadOnlySpan<byte> secret, int length)
    {
        var key = new byte[length];
        derivation(secret, key);
        return key;
    }
}
