using Mesh.Core.Trust;
using NUnit.Framework;

namespace Mesh.Tests.Core.Trust;

public sealed class TrustFolderTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mesh").FullName;

    private string Peers => Path.Combine(_folder, "peers");

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Load_GivesEveryRowThatWasSaved()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 20).Select(_ => TrustFileCases.NextRow(random)).ToArray();
        foreach (var row in rows)
        {
            new TrustFolder(_folder).Save(row.Id, TrustFile.Write(row));
        }

        var faults = new List<string>();
        var loaded = new TrustFolder(_folder).Load(faults);

        Assert.That(loaded, Is.EquivalentTo(rows.Select(TrustFile.Write)));
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Save_LeavesOneFile_ReadableByItsOwnerAlone()
    {
        var random = new Random(2);
        var row = TrustFileCases.NextRow(random);
        var files = new TrustFolder(_folder);
        files.Save(row.Id, TrustFile.Write(row));
        files.Save(row.Id, TrustFile.Write(row with { Name = "later" }));

        var path = Directory.GetFiles(Peers).Single();

        Assert.That(Path.GetFileName(path), Does.StartWith(row.Id.ToString()));
        Assert.That(TrustFile.TryRead(File.ReadAllBytes(path), out var read) ? read!.Name : null, Is.EqualTo("later"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [Test]
    public void Delete_LeavesNothing_AndMindsNoMissingFileOrFolder()
    {
        var row = TrustFileCases.NextRow(new Random(3));
        var files = new TrustFolder(_folder);
        files.Delete(row.Id);
        files.Save(row.Id, TrustFile.Write(row));

        files.Delete(row.Id);
        files.Delete(row.Id);

        Assert.That(Directory.GetFiles(Peers), Is.Empty);
    }

    [Test]
    public void Load_NamesAndKeeps_WhatIsNoRowOfThatName()
    {
        var random = new Random(4);
        var row = TrustFileCases.NextRow(random);
        var other = TrustFileCases.NextRow(random);
        var files = new TrustFolder(_folder);
        files.Save(row.Id, TrustFile.Write(other));
        files.Save(other.Id, new byte[TrustFile.MaxBytes + 1]);

        var faults = new List<string>();
        var loaded = files.Load(faults);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(loaded, Is.Empty);
            Assert.That(faults, Has.Count.EqualTo(2));
            Assert.That(faults, Has.One.Contains(row.Id.ToString()).And.One.Contains(other.Id.ToString()));
            Assert.That(Directory.GetFiles(Peers), Has.Length.EqualTo(2));
        }
    }
}
