using Mesh.Core;
using NUnit.Framework;

namespace Mesh.Tests.Architecture;

/// <summary>The direction of knowledge inside Mesh.Core: nothing points up.</summary>
/// <remarks>
/// The root and its loop join everything and are missing in the table. The plain words of the root, such as
/// <see cref="MeshException"/>, which know no folder themselves, may be used by all.
/// </remarks>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Wire"] = [FolderArrows.Statecharts],
        ["Transport"] = [],
        ["Control"] = [],
        ["Sealing"] = ["Wire"],
        ["Identity"] = ["Sealing", "Wire"],
        ["Trust"] = ["Identity", "Sealing", "Wire"],
        ["Discovery"] = ["Identity", "Sealing", "Wire"],
        ["Sessions"] = ["Trust", "Identity", "Sealing", "Wire"],
        ["Logs"] = ["Trust", "Identity", "Sealing", "Wire", FolderArrows.Statecharts],
        ["Foreign"] = ["Logs", "Identity", "Wire", FolderArrows.Statecharts],
    };

    private static readonly string[] Joining = [FolderArrows.Root, "Runtime"];

    [Test]
    public void Folders_KnowOnlyWhatTheyMay()
    {
        var faults = FolderArrows.All()
            .Where(arrow => !Joining.Contains(arrow.From))
            .Where(arrow => !Allowed.GetValueOrDefault(arrow.From, []).Contains(arrow.To))
            .Select(arrow => $"{arrow.From} -> {arrow.To}: {arrow.Witness}")
            .Order();

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Folders_AreAllInTheTable()
    {
        Assert.That(FolderArrows.Folders(), Is.SubsetOf(Allowed.Keys.Concat(Joining)));
    }

    [Test]
    public void Table_HasNoCircle()
    {
        var below = new HashSet<string> { FolderArrows.Statecharts };
        while (Allowed.Keys.FirstOrDefault(folder => !below.Contains(folder) && Allowed[folder].All(below.Contains))
            is { } next)
        {
            below.Add(next);
        }

        Assert.That(Allowed.Keys, Is.SubsetOf(below));
    }

    [Test]
    public void Arrows_AreSeen()
    {
        var arrows = FolderArrows.All().Select(arrow => $"{arrow.From} -> {arrow.To}").ToHashSet();

        Assert.That(arrows, Does.Contain("Identity -> Sealing"));
    }
}
