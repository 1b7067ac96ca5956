using System.Xml.Linq;
using NUnit.Framework;

namespace Mesh.Tests.Architecture;

/// <summary>Which project uses which, and which packages the programs and libraries are made of.</summary>
public sealed class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> AllowedProjects = new()
    {
        ["Mesh.Statecharts"] = [],
        ["Mesh.Core"] = ["Mesh.Statecharts"],
        ["Mesh.Node"] = ["Mesh.Core", "Mesh.Statecharts"],
        ["Mesh.Tests"] = ["Mesh.Core", "Mesh.Statecharts", "Mesh.Node", "Mesh.Bench"],
        ["Mesh.Bench"] = ["Mesh.Core", "Mesh.Statecharts", "Mesh.Node"],
    };

    private static readonly Dictionary<string, string[]> AllowedPackages = new()
    {
        ["Mesh.Statecharts"] = [],
        ["Mesh.Core"] = ["Microsoft.Extensions.Logging.Abstractions", "NetMQ", "NSec.Cryptography", "MessagePack"],
        ["Mesh.Node"] = ["System.CommandLine"],
    };

    private static IEnumerable<string> Projects =>
        Directory.EnumerateDirectories(RepositoryRoot.Path, "Mesh.*")
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj"));

    [Test]
    public void Projects_UseOnlyTheProjectsBelowThem()
    {
        var faults = Projects.SelectMany(file => References(file, "ProjectReference"), (file, reference) =>
                (project: Path.GetFileNameWithoutExtension(file), used: Path.GetFileNameWithoutExtension(reference)))
            .Where(arrow => !AllowedProjects[arrow.project].Contains(arrow.used))
            .Select(arrow => $"{arrow.project} -> {arrow.used}");

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Projects_UseOnlyTheirPackages()
    {
        var faults = Projects.Where(file => AllowedPackages.ContainsKey(Path.GetFileNameWithoutExtension(file)))
            .SelectMany(file => References(file, "PackageReference"), (file, package) =>
                (project: Path.GetFileNameWithoutExtension(file), package))
            .Where(use => !AllowedPackages[use.project].Contains(use.package))
            .Select(use => $"{use.project} -> {use.package}");

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Projects_AreAllInTheTableAndInTheSolution()
    {
        var solution = XDocument.Load(Path.Combine(RepositoryRoot.Path, "Mesh.slnx")).Descendants("Project")
            .Select(project => Path.GetFileNameWithoutExtension(project.Attribute("Path")!.Value));

        var projects = Projects.Select(file => Path.GetFileNameWithoutExtension(file)).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(projects, Is.EquivalentTo(AllowedProjects.Keys));
            Assert.That(solution, Is.EquivalentTo(AllowedProjects.Keys));
        }
    }

    private static IEnumerable<string> References(string projectFile, string kind) =>
        XDocument.Load(projectFile).Descendants(kind)
            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));
}
