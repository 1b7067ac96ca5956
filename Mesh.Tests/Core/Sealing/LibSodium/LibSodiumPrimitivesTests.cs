using Mesh.Core.Sealing;
using Mesh.Core.Sealing.LibSodium;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sealing.LibSodium;

/// <summary>What is particular to the provider that calls libsodium.</summary>
public sealed class LibSodiumPrimitivesTests
{
    [Test]
    public void Load_GivesTheSameProvider_EachTime() =>
        Assert.That(PrimitivesProvider.Load(), Is.SameAs(LibSodiumPrimitives.Load()));

    [Test]
    public void Name_SaysLibraryAndVersion() =>
        Assert.That(LibSodiumPrimitives.Load().Name, Does.Match(@"^libsodium 1\.\d+\.\d+"));

    [Test]
    public void Fill_GivesOtherBytes_EachTime()
    {
        var first = new byte[32];
        var second = new byte[32];

        LibSodiumPrimitives.Load().Fill(first);
        LibSodiumPrimitives.Load().Fill(second);

        Assert.That(first, Is.Not.EqualTo(second));
    }
}
