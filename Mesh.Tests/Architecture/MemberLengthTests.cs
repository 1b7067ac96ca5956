using NUnit.Framework;

namespace Mesh.Tests.Architecture;

/// <summary>Methods short enough to be read at once.</summary>
public sealed class MemberLengthTests
{
    private const int MaxLines = 60;

    [Test]
    public void Members_AreAtMost60Lines()
    {
        var faults = Directory.EnumerateDirectories(RepositoryRoot.Path, "Mesh.*")
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => MemberLengths.Of(File.ReadAllLines(file)), (file, member) => (file, member))
            .Where(entry => entry.member.Length > MaxLines)
            .Select(entry => $"{entry.file}:{entry.member.Line}: {entry.member.Length} lines");

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Of_MeasuresFromTheSignatureToTheClosingBrace()
    {
        var source = """
            namespace A;

            [Attribute]
            internal sealed class B(
                int c)
            {
                private static readonly int[] Field = new()
                {
                    1,
                };

                public int Property
                {
                    get => 1;
                }

                [Attribute]
                public static void Method<T>(
                    int left = 1,
                    int right = 2)
                    where T : class
                {
                    if (left == right)
                    {
                    }
                }

                private static int Arrow(int x) => x switch
                {
                    _ => 1,
                };

                private struct Nested
                {
                    public Nested()
                    {
                    }
                }
            }
            """;

        (int Line, int Length)[] expected = [(12, 4), (18, 9), (28, 4), (35, 3)];
        Assert.That(MemberLengths.Of(source.ReplaceLineEndings("\n").Split('\n')), Is.EqualTo(expected));
    }
}
