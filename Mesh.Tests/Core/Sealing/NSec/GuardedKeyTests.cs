using Mesh.Core.Sealing;
using Mesh.Core.Sealing.NSec;
using NUnit.Framework;
using MeshAlgorithm = Mesh.Core.Sealing.AeadAlgorithm;

namespace Mesh.Tests.Core.Sealing.NSec;

/// <summary>The bound on guarded memory, which a process shares: nothing else runs beside these tests.</summary>
[NonParallelizable]
public sealed class GuardedKeyTests
{
    /// <summary>Other tests let keys go without disposing them; collecting those gives their places back.</summary>
    [SetUp]
    public void CollectForgottenKeys()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [Test]
    public void Dispose_GivesTheGuardedPlaceBack_Once()
    {
        var primitives = NSecPrimitives.Load();
        var before = GuardedKey.GuardedCount;

        var key = primitives.CreateAeadKey(MeshAlgorithm.ChaCha20Poly1305, new byte[32]);
        var during = GuardedKey.GuardedCount;
        key.Dispose();
        key.Dispose();

        Assert.That((during - before, GuardedKey.GuardedCount - before), Is.EqualTo((1, 0)));
    }

    [Test]
    public void Keys_WorkBeyondTheBound_WithoutGuardedPlaces()
    {
        var primitives = NSecPrimitives.Load();
        var before = GuardedKey.GuardedCount;
        var keys = new List<IDisposable>();
        try
        {
            // Twenty thousand guarded keys would take every mapping that Linux gives a process, and end it.
            for (var count = 0; count < 20_000; count++)
            {
                keys.Add(primitives.CreateAeadKey(MeshAlgorithm.XChaCha20Poly1305, new byte[32]));
            }

            using var signer = primitives.CreateSigningKey(new byte[32]);
            using var agreement = primitives.CreateAgreementKey([.. Enumerable.Repeat((byte)7, 32)]);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(GuardedKey.GuardedCount, Is.EqualTo(GuardedKey.MaxGuardedCount));
                ExpectSameSealing((AeadKey)keys[0], (AeadKey)keys[^1]);
                ExpectSignature(primitives, signer);
                Assert.That(agreement.TryAgree(agreement.PublicKey, new byte[32]), Is.True);
            }
        }
        finally
        {
            keys.ForEach(key => key.Dispose());
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GuardedKey.GuardedCount, Is.EqualTo(before));
            Assert.That(
                () => ((AeadKey)keys[^1]).Seal(new byte[24], [], [1], new byte[17]),
                Throws.InstanceOf<ObjectDisposedException>());
        }
    }

    private static void ExpectSameSealing(AeadKey guarded, AeadKey plain)
    {
        var sealedBytes = new byte[3 + AeadKey.TagBytes];
        var opened = new byte[3];
        guarded.Seal(new byte[24], [9], [1, 2, 3], sealedBytes);
        Assert.That(plain.Open(new byte[24], [9], sealedBytes, opened), Is.True);
        Assert.That(opened, Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    private static void ExpectSignature(NSecPrimitives primitives, SigningKey signer)
    {
        var signature = new byte[SigningKey.SignatureBytes];
        signer.Sign([5], signature);
        Assert.That(primitives.Verify(signer.PublicKey, [5], signature), Is.True);
    }
}
