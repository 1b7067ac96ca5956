using System.Text.RegularExpressions;
using Mesh.Core;

namespace Mesh.Tests.Architecture;

/// <summary>Which folders of Mesh.Core know which, computed from the compiled library and from its source.</summary>
/// <remarks>
/// The compiler copies constants into their users, so the compiled library alone would miss some uses; the source names
/// them in a using directive, and unused directives do not compile.
/// </remarks>
internal static partial class FolderArrows
{
    /// <summary>The name of the library's root, where the front door is.</summary>
    public const string Root = "(root)";

    /// <summary>The name of the other library in these tables.</summary>
    public const string Statecharts = "Mesh.Statecharts";

    private const string Library = "Mesh.Core";

    /// <summary>Lists all arrows with one witness each line: "from -> to: type or file that has it".</summary>
    public static IEnumerable<(string From, string To, string Witness)> All() =>
        Compiled().Concat(Written()).Where(arrow => arrow.From != arrow.To).Distinct();

    /// <summary>The folders in the source tree of the library.</summary>
    public static IEnumerable<string> Folders() =>
        Directory.EnumerateDirectories(SourceFolder)
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any())
            .Select(folder => Path.GetFileName(folder)!);

    private static string SourceFolder => Path.Combine(RepositoryRoot.Path, Library);

    private static IEnumerable<(string From, string To, string Witness)> Compiled()
    {
        var types = typeof(MeshException).Assembly.GetTypes()
            .Where(type => type.DeclaringType is null && Place(type) is not null)
            .ToDictionary(type => type, TypeReferences.Of);
        var plain = PlainWords(types);

        return from entry in types
               from mentioned in entry.Value
               where Place(mentioned) is not null && !plain.Contains(mentioned)
               select (Place(entry.Key)!, Place(mentioned)!, $"{entry.Key.FullName} mentions {mentioned.FullName}");
    }

    // Types of the root that know no folder, not even by another type of the root, are words that anybody may use.
    private static HashSet<Type> PlainWords(Dictionary<Type, HashSet<Type>> types)
    {
        var plain = types.Keys.Where(type => Place(type) == Root).ToHashSet();
        bool KnowsAFolder(Type type) => types[type].Any(other => Place(other) is not null && !plain.Contains(other));
        while (plain.RemoveWhere(KnowsAFolder) > 0)
        {
            // Whoever used what was just removed goes in the next round.
        }

        return plain;
    }

    private static IEnumerable<(string From, string To, string Witness)> Written() =>
        from file in Directory.EnumerateFiles(SourceFolder, "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(SourceFolder, file)
        let segments = relative.Split(Path.DirectorySeparatorChar)
        from match in Mention().Matches(File.ReadAllText(file))
        let to = match.Groups["folder"].Success ? match.Groups["folder"].Value : Statecharts
        where to == Statecharts || Directory.Exists(Path.Combine(SourceFolder, to))
        select (segments.Length == 1 ? Root : segments[0], to, $"{relative} says \"{match.Value}\"");

    private static string? Place(Type type)
    {
        var name = type.Namespace ?? "";
        return name == Library ? Root
            : name.StartsWith(Library + ".", StringComparison.Ordinal) ? name.Split('.')[2]
            : type.Assembly.GetName().Name == Statecharts ? Statecharts
            : null;
    }

    [GeneratedRegex(@"\bMesh\.(?:Core\.(?<folder>[A-Z]\w*)(?=[.;])|Statecharts\b)")]
    private static partial Regex Mention();
}
