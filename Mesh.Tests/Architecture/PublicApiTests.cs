using System.Reflection;
using NUnit.Framework;

namespace Mesh.Tests.Architecture;

/// <summary>The public surface of the libraries changes on purpose only: it is committed as text.</summary>
/// <remarks>After a change that is meant, run them once with MESH_ACCEPT=1 and commit what they write.</remarks>
public sealed class PublicApiTests
{
    private const string AcceptVariable = "MESH_ACCEPT";

    [TestCase("Mesh.Core")]
    [TestCase("Mesh.Statecharts")]
    public void PublicApi_IsAsCommitted(string name)
    {
        var file = Path.Combine(
            RepositoryRoot.Path, "Mesh.Tests", "Expectations", "public-api", $"{name}.txt");
        var actual = PublicApiText.Of(Assembly.Load(name));

        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        if (!File.Exists(file))
        {
            Assert.Ignore($"No text of {name} is committed yet; {AcceptVariable}=1 writes it to {file}");
        }

        var expected = File.ReadAllText(file).ReplaceLineEndings("\n").Split('\n');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(actual.Split('\n').Except(expected), Is.Empty, "new, and not in the committed text");
            Assert.That(expected.Except(actual.Split('\n')), Is.Empty, "gone, and still in the committed text");
            Assert.That(actual.Split('\n'), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Describe_ShowsWhatOthersCanUse()
    {
        string[] expected =
        [
            "abstract class Mesh.Tests.Architecture.PublicSamples : ICloneable",
            "    const int Limit = 5",
            "    event EventHandler? Changed",
            "    int this[string key] { get; }",
            "    object Clone()",
            "    protected abstract void Run(ReadOnlySpan<byte> bytes, CancellationToken token = default)",
            "    protected new(string name, int count = 3)",
            "    required string? Text { get; init; }",
            "    static bool TryFind(string[]? names, out string? found)",
            "    virtual Task<List<string?>?> LoadAsync<TKey : struct, T : class & IDisposable>(TKey? key, T item)",
        ];

        Assert.That(PublicApiText.Describe(typeof(PublicSamples)), Is.EqualTo(expected));
    }

    [Test]
    public void Describe_ShowsNothingThatTheCompilerAdds()
    {
        string[] expected =
        [
            "readonly record struct Mesh.Tests.Architecture.PublicPair : IEquatable<PublicPair>",
            "    int Left { get; init; }",
            "    int Right { get; init; }",
            "    new(int Left, int Right)",
        ];

        Assert.That(PublicApiText.Describe(typeof(PublicPair)), Is.EqualTo(expected));
    }
}
