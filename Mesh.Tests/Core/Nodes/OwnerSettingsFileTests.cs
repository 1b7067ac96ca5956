using Mesh.Core;
using Mesh.Core.Runtime;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Nodes;

/// <summary>What an owner leaves for guests.</summary>
public sealed class OwnerSettingsFileTests
{
    private static readonly OwnerSettings Settings = new()
    {
        Name = "pi",
        MeshName = "lab",
        MeshKeyFile = "/keys/lab",
    };

    [Test]
    public void Read_GivesWhatWasSaved()
    {
        using var folder = new TemporaryFolder();
        OwnerSettingsFile.Save(folder.FolderPath, Settings with { Name = "before" });
        OwnerSettingsFile.Save(folder.FolderPath, Settings);

        Assert.That(new MeshOwner(folder.FolderPath, TimeProvider.System).ReadSettings(), Is.EqualTo(Settings));
    }

    [Test]
    public void Read_GivesNull_WhenThereIsNoFolder()
    {
        Assert.That(OwnerSettingsFile.Read("/no/such/folder"), Is.Null);
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("{\"name\":5}")]
    [TestCase("null")]
    public void Read_GivesNull_WhenTheFileIsDamaged(string content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["owner.json"], content);

        Assert.That(OwnerSettingsFile.Read(folder.FolderPath), Is.Null);
    }

    [Test]
    public void Save_WritesNothing_WhenNothingChanged()
    {
        using var folder = new TemporaryFolder();
        OwnerSettingsFile.Save(folder.FolderPath, Settings);
        File.SetLastWriteTimeUtc(folder["owner.json"], DateTime.UnixEpoch);

        OwnerSettingsFile.Save(folder.FolderPath, Settings);

        Assert.That(File.GetLastWriteTimeUtc(folder["owner.json"]), Is.EqualTo(DateTime.UnixEpoch));
    }
}
