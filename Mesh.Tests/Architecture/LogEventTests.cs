using System.Reflection;
using Mesh.Core;
using Mesh.Node;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Mesh.Tests.Architecture;

/// <summary>Event ids: one meaning each, in the range of their folder.</summary>
public sealed partial class LogEventTests
{
    private const int FolderRange = 100;
    private const int ProjectRange = 1000;

    private static readonly Dictionary<string, (int First, int Count)> Ranges = new()
    {
        ["Mesh.Core.Identity"] = (1000, FolderRange),
        ["Mesh.Core.Trust"] = (1100, FolderRange),
        ["Mesh.Core.Wire"] = (1200, FolderRange),
        ["Mesh.Core.Sealing"] = (1300, FolderRange),
        ["Mesh.Core.Transport"] = (1400, FolderRange),
        ["Mesh.Core.Discovery"] = (1500, FolderRange),
        ["Mesh.Core.Sessions"] = (1600, FolderRange),
        ["Mesh.Core.Logs"] = (1700, FolderRange),
        ["Mesh.Core.Foreign"] = (1800, FolderRange),
        ["Mesh.Core"] = (1900, FolderRange),
        ["Mesh.Statecharts"] = (2000, ProjectRange),
        ["Mesh.Node"] = (3000, ProjectRange),
    };

    private static readonly Assembly[] Assemblies =
        [typeof(MeshException).Assembly, Assembly.Load("Mesh.Statecharts"), typeof(MeshNodeProgram).Assembly];

    [Test]
    public void EventIds_AreUnique()
    {
        var twice = Assemblies.SelectMany(assembly => assembly.GetTypes()).SelectMany(EventsOf)
            .GroupBy(entry => entry.EventId)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(entry => entry.Name))}");

        Assert.That(twice, Is.Empty);
    }

    [Test]
    public void EventIds_LieInTheRangeOfTheirFolder()
    {
        var faults = Assemblies.SelectMany(assembly => assembly.GetTypes()).SelectMany(EventsOf)
            .Where(entry => RangeOf(entry.Name) is not { } range
                || entry.EventId < range.First || entry.EventId >= range.First + range.Count)
            .Select(entry => $"{entry.EventId}: {entry.Name}");

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void EventsOf_FindsTheIdOfALogMethod()
    {
        Assert.That(EventsOf(typeof(LogEventTests)).Single().EventId, Is.EqualTo(7));
    }

    [TestCase("Mesh.Core.Sessions.Handshake.X.LogY", 1600)]
    [TestCase("Mesh.Core.MeshNode.LogY", 1900)]
    [TestCase("Mesh.Node.Hosting.X.LogY", 3000)]
    public void RangeOf_TakesTheNearestFolder(string name, int first)
    {
        Assert.That(RangeOf(name)?.First, Is.EqualTo(first));
    }

    private static IEnumerable<(int EventId, string Name)> EventsOf(Type type)
    {
        const BindingFlags everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
            | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return from method in type.GetMethods(everything)
               let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
               where attribute is not null
               select (attribute.EventId, $"{type.FullName}.{method.Name}");
    }

    private static (int First, int Count)? RangeOf(string name)
    {
        var folder = Ranges.Keys.Where(key => name.StartsWith(key + ".", StringComparison.Ordinal))
            .MaxBy(key => key.Length);
        return folder is null ? null : Ranges[folder];
    }

    [LoggerMessage(7, LogLevel.Debug, "For the test")]
    private static partial void LogSample(ILogger logger);
}
