using Mesh.Core.Sealing;
using Mesh.Core.Sealing.NSec;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sealing.NSec;

/// <summary>What is particular to the provider that calls NSec.</summary>
public sealed class NSecPrimitivesTests
{
    [Test]
    public void Load_GivesTheSameProvider_EachTime() =>
        Assert.That(PrimitivesProvider.Load(), Is.SameAs(NSecPrimitives.Load()));

    [Test]
    public void Name_SaysLibraryAndVersion() =>
        Assert.That(NSecPrimitives.Load().Name, Does.Match(@"^NSec\.Cryptography \d+\.\d+\.\d+$"));

    [Test]
    public void Fill_GivesOtherBytes_EachTime()
    {
        var first = new byte[32];
        var second = new byte[32];

        NSecPrimitives.Load().Fill(first);
        NSecPrimitives.Load().Fill(second);

        Assert.That(first, Is.Not.EqualTo(second));
    }

    [Test]
    public void Verify_AllocatesNothing_ForAKeyThatItKnows()
    {
        var primitives = NSecPrimitives.Load();
        using var signer = primitives.CreateSigningKey(new byte[SigningKey.SeedBytes]);
        var signature = new byte[SigningKey.SignatureBytes];
        signer.Sign([1, 2, 3], signature);
        _ = primitives.Verify(signer.PublicKey, [1, 2, 3], signature);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var isVerified = primitives.Verify(signer.PublicKey, [1, 2, 3], signature);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That((isVerified, allocated), Is.EqualTo((true, 0)));
    }

    [Test]
    public void Verify_TellsKeysApart_ThatShareASlot()
    {
        var primitives = NSecPrimitives.Load();
        using var signer = primitives.CreateSigningKey(new byte[SigningKey.SeedBytes]);
        var signature = new byte[SigningKey.SignatureBytes];
        signer.Sign([1], signature);
        var other = signer.PublicKey.ToArray();
        other[^1] ^= 1;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(primitives.Verify(signer.PublicKey, [1], signature), Is.True);
            Assert.That(primitives.Verify(other, [1], signature), Is.False);
            Assert.That(primitives.Verify(signer.PublicKey, [1], signature), Is.True);
        }
    }
}
