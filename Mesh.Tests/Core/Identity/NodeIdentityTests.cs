using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Tests.Core.Sealing;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Identity;

/// <summary>An identity follows from its seed, and from nothing else.</summary>
public sealed class NodeIdentityTests
{
    private readonly IPrimitives _primitives = PrimitivesProvider.Load();

    [Test]
    public void FromSeed_GivesThePublishedKeysAndId()
    {
        var test = VectorFiles.Tests("mesh1-derivation.json").Single(entry => entry.Text("name") == "node");
        var id = new byte[NodeId.SizeBytes];

        using var identity = NodeIdentity.FromSeed(_primitives, test.Bytes("seed"));
        identity.Id.Write(id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(identity.Signing.PublicKey.ToArray(), Is.EqualTo(test.Bytes("signingPublicKey")));
            Assert.That(identity.Agreement.PublicKey.ToArray(), Is.EqualTo(test.Bytes("agreementPublicKey")));
            Assert.That(id, Is.EqualTo(test.Bytes("nodeId")));
        }
    }

    [Test]
    public void FromSeed_DerivesTheJournalKey()
    {
        var test = VectorFiles.Tests("mesh1-derivation.json").Single(entry => entry.Text("name") == "node");
        using var identity = NodeIdentity.FromSeed(_primitives, test.Bytes("seed"));
        using var expected = _primitives.CreateAeadKey(AeadAlgorithm.XChaCha20Poly1305, test.Bytes("journalKey"));
        var nonce = new byte[expected.NonceBytes];
        var ciphertext = new byte[AeadKey.TagBytes];

        identity.Journal.Seal(nonce, [], [], ciphertext);

        Assert.That(expected.Open(nonce, [], ciphertext, []), Is.True);
    }

    [Test]
    public void Create_GivesAnotherIdentity_EachTime()
    {
        using var first = NodeIdentity.Create(_primitives);
        using var second = NodeIdentity.Create(_primitives);

        Assert.That(first.Id, Is.Not.EqualTo(second.Id));
    }

    [Test]
    public void Create_IsRepeatable_WithSeededRandomness()
    {
        using var first = NodeIdentity.Create(new SeededPrimitives(_primitives, 1));
        using var second = NodeIdentity.Create(new SeededPrimitives(_primitives, 1));

        Assert.That(first.Id, Is.EqualTo(second.Id));
    }

    [Test]
    public void Dispose_EndsTheUseOfEveryKey()
    {
        var identity = NodeIdentity.Create(_primitives);
        identity.Dispose();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => identity.Signing.Sign([], new byte[64]), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(
                () => identity.Agreement.TryAgree(new byte[32], new byte[32]),
                Throws.TypeOf<ObjectDisposedException>());
            Assert.That(
                () => identity.Journal.Seal(new byte[24], [], [], new byte[16]),
                Throws.TypeOf<ObjectDisposedException>());
        }
    }

    [TestCase(31)]
    [TestCase(33)]
    public void FromSeed_Throws_WhenTheSeedHasAnotherLength(int length) =>
        Assert.That(() => NodeIdentity.FromSeed(_primitives, new byte[length]), Throws.ArgumentException);
}
