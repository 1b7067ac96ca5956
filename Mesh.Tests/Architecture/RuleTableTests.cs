using System.Reflection;
using System.Text.RegularExpressions;
using Mesh.Tests.Statecharts.Rules;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace Mesh.Tests.Architecture;

/// <summary>The tables of rules in <c>docs/statechart-rules.md</c> name tests that exist, and all of them.</summary>
public sealed partial class RuleTableTests
{
    private static readonly string Text = File.ReadAllText(
        Path.Combine(RepositoryRoot.Path, "docs", "statechart-rules.md"));

    private static IEnumerable<string> Named =>
        TestName().Matches(Text).Select(match => match.Groups["name"].Value).Distinct();

    [Test]
    public void NamedTests_Exist()
    {
        var tests = TestsIn(typeof(RuleTableTests).Assembly.GetTypes()).ToHashSet(StringComparer.Ordinal);

        Assert.That(Named.Where(name => !tests.Contains(name)), Is.Empty);
        Assert.That(Named.Count(), Is.GreaterThan(200));
    }

    [Test]
    public void TestsOfRules_AreAllNamed()
    {
        var types = typeof(RuleTableTests).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(RuleRun).Namespace);

        Assert.That(TestsIn(types).Except(Named), Is.Empty);
    }

    [Test]
    public void AssertionsOfTheW3C_AreAllInTheTable()
    {
        var listed = Numbers().Matches(Text).SelectMany(match => Expand(match.Groups["numbers"].Value)).ToHashSet();

        Assert.That(W3CAssertions.All.Where(number => !listed.Contains(number)), Is.Empty);
    }

    private static IEnumerable<string> TestsIn(IEnumerable<Type> types)
    {
        return types.SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public))
            .Where(method => method.GetCustomAttributes().Any(each => each is ITestBuilder or ISimpleTestBuilder))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");
    }

    // "223 to 226, 403a"
    private static IEnumerable<int> Expand(string numbers)
    {
        foreach (var part in numbers.Split(", "))
        {
            var ends = part.Split(" to ").Select(end => int.Parse(end.TrimEnd('a', 'b', 'c'))).ToArray();
            for (var number = ends[0]; number <= ends[^1]; number++)
            {
                yield return number;
            }
        }
    }

    [GeneratedRegex(@"`(?<name>\w+Tests\.\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^\| (?<numbers>\d{3}[abc]?(?:(?:, | to )\d{3}[abc]?)*) \|", RegexOptions.Multiline)]
    private static partial Regex Numbers();
}
