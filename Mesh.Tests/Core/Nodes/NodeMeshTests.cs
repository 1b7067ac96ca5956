using Mesh.Core;
using Mesh.Core.Identity;
using Mesh.Core.Runtime;
using Mesh.Core.Sealing;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Nodes;

/// <summary>Which mesh a node is in, and whether an invite leads it into another.</summary>
public sealed class NodeMeshTests : IDisposable
{
    private readonly IPrimitives _primitives = PrimitivesProvider.Load();
    private readonly TemporaryFolder _folder = new();

    [Test]
    public void Load_GivesTheMeshNamedDefault_WhenNothingIsSaid()
    {
        using var key = Mesh().Load();

        Assert.That((key.Name, key.IsSecret), Is.EqualTo(("default", false)));
    }

    [Test]
    public void Load_GivesWhatWasKept_AndTheKeyBeforeTheName()
    {
        using var named = MeshKey.FromName(_primitives, "küche 7");
        using var secret = MeshKey.Create(_primitives);

        Mesh().Keep(named);
        using var first = Mesh().Load();
        Mesh().Keep(secret);
        using var second = Mesh().Load();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Name, Is.EqualTo("küche 7"));
            Assert.That(first.IsSameAs(named), Is.True);
            Assert.That(second.IsSameAs(secret), Is.True);
        }
    }

    [Test]
    public void Load_GivesWhatWasChosen_WhateverIsKept()
    {
        using var kept = MeshKey.Create(_primitives);
        using var chosen = MeshKey.Create(_primitives);
        Mesh().Keep(kept);
        MeshKeyFile.Save(_folder["chosen"], chosen);

        using var byName = Mesh("lab").Load();
        using var byFile = Mesh("lab", _folder["chosen"]).Load();

        Assert.That((byName.Name, byFile.IsSameAs(chosen)), Is.EqualTo(("lab", true)));
    }

    [TestCase("lab", "lab")]
    [TestCase(null, "kept")]
    public void Load_GivesAGuest_WhatTheOwnerOfItsFolderHas(string? ofOwner, string expected)
    {
        using var kept = MeshKey.FromName(_primitives, "kept");
        Mesh().Keep(kept);
        OwnerSettingsFile.Save(_folder.FolderPath, new OwnerSettings { Name = "pi", MeshName = ofOwner });

        using var key = Mesh(role: MeshRole.Guest).Load();
        using var other = Mesh("other", role: MeshRole.Guest).Load();

        Assert.That((key.Name, other.Name), Is.EqualTo((expected, "other")));
    }

    [TestCase("")]
    [TestCase("a\u0007b")]
    [TestCase(" ")]
    public void Load_Throws_WhenTheNameThatIsKeptIsNone(string content)
    {
        File.WriteAllText(_folder["mesh.name"], content);

        Assert.That(() => Mesh().Load(), Throws.InstanceOf<MeshException>().With.Message.Contains("mesh.name"));
    }

    [TestCase(null, "default", "lab", true, TestName = "Takes_LeadsOutOfDefault_IntoANamedMesh")]
    [TestCase(null, "default", "SECRET", true, TestName = "Takes_LeadsOutOfDefault_IntoAKeyedMesh")]
    [TestCase(null, "kept", "lab", true, TestName = "Takes_LeadsOutOfAMesh_ThatAnEarlierInviteLedTo")]
    [TestCase(null, "SECRET", "lab", false, TestName = "Takes_LeavesNoKeyedMesh_ForOneWithoutAKey")]
    [TestCase("own", "own", "lab", false, TestName = "Takes_LeavesNoMesh_ThatWasChosen")]
    [TestCase("own", "own", "SECRET", false, TestName = "Takes_LeavesNoMesh_ThatWasChosen_ForAKeyedOne")]
    [TestCase("lab", "lab", "lab", true, TestName = "Takes_IsTrue_WhenItIsTheSameMesh")]
    [TestCase("own", "own", null, true, TestName = "Takes_IsTrue_WhenNothingIsTold")]
    [TestCase(null, "default", "a\u202Eb", false, TestName = "Takes_IsFalse_ForANameThatCannotBeShown")]
    public void Takes(string? chosen, string current, string? theirs, bool expected)
    {
        using var own = current == "SECRET" ? MeshKey.Create(_primitives) : MeshKey.FromName(_primitives, current);
        var isKeyed = theirs == "SECRET";
        byte[] key = isKeyed ? [.. Enumerable.Repeat((byte)7, MeshKey.SizeBytes)] : [];

        Assert.That(Mesh(chosen).Takes(own, key, isKeyed ? null : theirs), Is.EqualTo(expected));
    }

    [Test]
    public void Takes_IsTrue_WhenTheKeyIsThatOfTheChosenFile()
    {
        using var own = MeshKey.Create(_primitives);
        var bytes = new byte[MeshKey.SizeBytes];
        own.CopyTo(bytes);

        Assert.That(Mesh(keyFile: "/keys/own").Takes(own, bytes, null), Is.True);
    }

    public void Dispose() => _folder.Dispose();

    private NodeMesh Mesh(string? name = null, string? keyFile = null, MeshRole role = MeshRole.Owner) => new(
        _primitives,
        new MeshOptions
        {
            StateFolder = _folder.FolderPath,
            Name = "pi",
            MeshName = name,
            MeshKeyFile = keyFile,
            Role = role,
        },
        _folder.FolderPath);
}
