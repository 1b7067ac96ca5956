using Mesh.Core;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Tests.Core.Sealing;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Identity;

/// <summary>The mesh key: what is derived from it, and the file it comes from.</summary>
public sealed class MeshKeyTests
{
    private const string Hex = "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f";

    private readonly IPrimitives _primitives = PrimitivesProvider.Load();

    [TestCase("mesh key")]
    [TestCase("mesh name")]
    public void PresharedKeyAndMeshIdAndBeacon_AreThePublishedOnes(string name)
    {
        var test = VectorFiles.Tests("mesh1-derivation.json").Single(entry => entry.Text("name") == name);
        using var key = name == "mesh name"
            ? MeshKey.FromName(_primitives, test.Text("meshName"))
            : MeshKey.Import(_primitives, test.Bytes("key"));
        using var beacon = _primitives.CreateAeadKey(AeadAlgorithm.XChaCha20Poly1305, test.Bytes("beaconKey"));
        var ciphertext = new byte[AeadKey.TagBytes];
        var copy = new byte[MeshKey.SizeBytes];

        key.Beacon.Seal(new byte[24], [], [], ciphertext);
        key.CopyTo(copy);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(key.MeshId.ToString("x16"), Is.EqualTo(test.Text("meshId")));
            Assert.That(key.PresharedKey.ToArray(), Is.EqualTo(test.Bytes("psk")));
            Assert.That(beacon.Open(new byte[24], [], ciphertext, []), Is.True);
            Assert.That(copy, Is.EqualTo(test.Bytes("key")));
            Assert.That(key.IsSecret, Is.EqualTo(name == "mesh key"));
        }
    }

    [TestCase(Hex)]
    [TestCase("404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F")]
    [TestCase("  " + Hex + "\r\n")]
    public void TryParse_TakesHexadecimal(string text) => AssertParsed(text);

    [Test]
    public void TryParse_TakesBase32_InGroupsOrNot()
    {
        var groups = CrockfordBase32.ToGroups(Convert.FromHexString(Hex), 4);

        AssertParsed(groups);
        AssertParsed(groups.Replace("-", string.Empty, StringComparison.Ordinal).ToLowerInvariant() + "\n");
    }

    [TestCase("")]
    [TestCase("40")]
    [TestCase("g0" + "4142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f")]
    [TestCase(Hex + "60")]
    [TestCase(Hex + "\n" + Hex)]
    public void TryParse_ReturnsFalse_ForAnotherText(string text) =>
        Assert.That(MeshKey.TryParse(text, new byte[MeshKey.SizeBytes]), Is.False);

    [Test]
    public void Load_GivesTheKey_ThatWasSaved()
    {
        using var folder = new TemporaryFolder();
        using var key = MeshKey.Create(_primitives);

        MeshKeyFile.Save(folder["key"], key);
        using var loaded = MeshKeyFile.Load(_primitives, folder["key"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(loaded.MeshId, Is.EqualTo(key.MeshId));
            Assert.That(loaded.PresharedKey.ToArray(), Is.EqualTo(key.PresharedKey.ToArray()));
            Assert.That(Directory.GetFiles(folder.FolderPath), Has.Length.EqualTo(1));
        }
    }

    [Test]
    public void Load_NamesTheFileAndNotItsContent_WhenItHoldsNoKey()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["key"], "hunter2");

        Assert.That(
            () => MeshKeyFile.Load(_primitives, folder["key"]),
            Throws.TypeOf<MeshException>().With.Message.Contains(folder["key"])
                .And.Message.Not.Contains("hunter2"));
    }

    [Test]
    public void Load_Throws_WhenTheFileIsMissingOrLarge()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["large"], new string('0', 257));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => MeshKeyFile.Load(_primitives, folder["missing"]),
                Throws.TypeOf<MeshException>().With.Message.Contains("does not exist"));
            Assert.That(
                () => MeshKeyFile.Load(_primitives, folder["large"]),
                Throws.TypeOf<MeshException>().With.Message.Contains("too large"));
        }
    }

    [Test]
    public void Dispose_EndsTheUseOfTheSecrets()
    {
        var key = MeshKey.Create(_primitives);
        key.Dispose();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => key.PresharedKey.Length, Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => key.CopyTo(new byte[32]), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(
                () => key.Beacon.Seal(new byte[24], [], [], new byte[16]),
                Throws.TypeOf<ObjectDisposedException>());
        }
    }

    private static void AssertParsed(string text)
    {
        var key = new byte[MeshKey.SizeBytes];

        Assert.That(MeshKey.TryParse(text, key), Is.True);
        Assert.That(Convert.ToHexStringLower(key), Is.EqualTo(Hex));
    }
}
