using Mesh.Core;
using Mesh.Node.Hosting;
using NUnit.Framework;

namespace Mesh.Tests.Node.Hosting;

/// <summary>Where the state is kept, by environment and system.</summary>
public sealed class StateFolderPathTests
{
    private static readonly TestCaseData<Dictionary<string, string>, bool, string[]>[] Places =
    [
        new(new() { ["MESH_STATE_DIR"] = "/m", ["XDG_STATE_HOME"] = "/x", ["HOME"] = "/h" }, false, ["/m"]),
        new(new() { ["XDG_STATE_HOME"] = "/x", ["HOME"] = "/h" }, false, ["/x", "mesh"]),
        new(new() { ["XDG_STATE_HOME"] = "", ["HOME"] = "/h" }, false, ["/h", ".local", "state", "mesh"]),
        new(new() { ["XDG_STATE_HOME"] = "relative", ["HOME"] = "/h" }, false, ["/h", ".local", "state", "mesh"]),
        new(new() { ["LOCALAPPDATA"] = "/local", ["HOME"] = "/h" }, true, ["/local", "Mesh"]),
        new(new() { ["MESH_STATE_DIR"] = "/m", ["LOCALAPPDATA"] = "/local" }, true, ["/m"]),
    ];

    [TestCaseSource(nameof(Places))]
    public void Choose_FollowsTheHabitsOfTheSystem(
        Dictionary<string, string> environment, bool isWindows, string[] expected)
    {
        var folder = StateFolderPath.Choose(environment.GetValueOrDefault, isWindows);

        Assert.That(folder, Is.EqualTo(Path.GetFullPath(Path.Combine(expected))));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Choose_SaysWhatToSet_WhenTheEnvironmentNamesNoPlace(bool isWindows)
    {
        Assert.That(
            () => StateFolderPath.Choose(_ => null, isWindows),
            Throws.TypeOf<MeshException>().With.Message.Contains("MESH_STATE_DIR"));
    }
}
