using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Mesh.Tests.Architecture;

/// <summary>The code knows the providers of a stack by their seams: only the project file names one.</summary>
public sealed partial class StackTests
{
    [Test]
    public void Providers_AreNamedOnlyInTheirFolders()
    {
        var faults = Sources()
            .Where(source => !ProviderFolder().IsMatch(source.Path) && ProviderNamespace().IsMatch(source.Text))
            .Select(source => source.Path);

        Assert.That(faults, Is.Empty, "MeshLibraries.CreateTransport, PrimitivesProvider.Load, MessageCodec");
    }

    [Test]
    public void Sources_AreTheSameForEveryStack()
    {
        var faults = Sources().Where(source => Directive().IsMatch(source.Text)).Select(source => source.Path);

        Assert.That(faults, Is.Empty, "no #if: a stack is chosen in the project file");
    }

    private static IEnumerable<(string Path, string Text)> Sources() =>
        from project in Directory.EnumerateDirectories(RepositoryRoot.Path, "Mesh.*")
        from file in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
        select (Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'), File.ReadAllText(file));

    [GeneratedRegex(@"/(LibZmq|NetMq|LibSodium|NSec|MessagePack/Own|MessagePack/Packaged)/[^/]+$")]
    private static partial Regex ProviderFolder();

    [GeneratedRegex(
        @"\bMesh\.Core\.(Transport\.(LibZmq|NetMq)|Sealing\.(LibSodium|NSec)|Wire\.MessagePack\.(Own|Packaged))\b")]
    private static partial Regex ProviderNamespace();

    [GeneratedRegex(@"^\s*#(if|elif|else)\b", RegexOptions.Multiline)]
    private static partial Regex Directive();
}
