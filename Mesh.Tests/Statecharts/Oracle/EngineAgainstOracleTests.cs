using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>The engine does what the oracle does, and what miros did.</summary>
public sealed class EngineAgainstOracleTests
{
    private const int DefaultEventCount = 40;
    private const int DefaultCaseCount = 2_000;
    private const int ActiveCaseCount = 200;
    private const ulong DefaultSeed = 20_260_101;
    private const ulong Gamma = 7;

    private static IEnumerable<TestCaseData> Cases =>
        CaseFiles.ReadAll()
            .Select(each => new TestCaseData(each).SetArgDisplayNames(each.Id));

    // How many random cases are played, and from where on: more and others for a night.
    private static int CaseCount => (int)NumberFrom("MESH_ORACLE_CASES", DefaultCaseCount);

    private static int EventCount => (int)NumberFrom("MESH_ORACLE_EVENTS", DefaultEventCount);

    private static ulong Seed => NumberFrom("MESH_ORACLE_SEED", DefaultSeed);

    [TestCaseSource(nameof(Cases))]
    public void Engine_PrintsTheWholeRecordedSpyAndTrace_WhenTheCaseIsPlayed(object recorded)
    {
        var expected = (ChartCase)recorded;

        var run = EngineChart.Run(expected);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Spy, Is.EqualTo(expected.Spy));
            Assert.That(run.Trace, Is.EqualTo(expected.Trace));
            Assert.That(run.Final, Is.EqualTo(expected.Final));
            if (expected.Live is not null)
            {
                Assert.That(run.Live, Is.EqualTo(expected.Live));
            }
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Engine_EndsInTheSameState_WhenTheCaseIsPlayedWithoutInstruments(object recorded)
    {
        var expected = (ChartCase)recorded;

        var bare = EngineChart.Run(expected, isInstrumented: false);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bare.Final, Is.EqualTo(expected.Final));
            Assert.That(bare.Spy, Is.Empty);
            Assert.That(bare.Trace, Is.Empty);
        }
    }

    [Test]
    public void Engine_DoesWhatTheOracleDoes_WhenChartsAndScriptsAreRandom()
    {
        var cases = Gen.Choose(int.MinValue, int.MaxValue)
            .Select(seed => CaseMaker.Make(new System.Random(seed), EventCount));
        var property = Prop.ForAll(Arb.From(cases, CaseShrinker.Smaller), Agrees);

        TestContext.Out.WriteLine($"{CaseCount} charts x {EventCount} events from seed {Seed}");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(CaseCount).WithReplay(Seed, Gamma), property);
    }

    [Test, CancelAfter(60_000)]
    public async Task ActiveObject_DoesWhatTheOracleDoes_WhenEventsComeOneAtATime(CancellationToken cancellationToken)
    {
        for (var seed = 1; seed <= ActiveCaseCount; seed++)
        {
            var made = CaseMaker.Make(new System.Random(seed), EventCount);
            var script = made.Script.Where(
                line => line.Length is 1 or 2 || line.StartsWith("start ", StringComparison.Ordinal));
            var chartCase = made with { Host = CaseHost.Active, Script = [.. script] };
            var expected = OracleChart.Run(chartCase.Chart, chartCase.Host, chartCase.Script);

            var actual = await ActiveObjectRun.RunAsync(chartCase, cancellationToken);

            Assert.That(FirstDifference(expected, actual), Is.Null, $"seed {seed}: {chartCase}");
        }
    }

    private static Property Agrees(ChartCase chartCase)
    {
        var difference = Difference(chartCase);
        return (difference is null).Label(difference ?? "the engine agrees with the oracle");
    }

    private static ulong NumberFrom(string variable, ulong otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text
            ? ulong.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;

    // What is seen first of a difference between the two; null when there is none.
    private static string? Difference(ChartCase chartCase)
    {
        var expected = OracleChart.Run(chartCase.Chart, chartCase.Host, chartCase.Script);
        var actual = EngineChart.Run(chartCase);
        var bare = EngineChart.Run(chartCase, isInstrumented: false);
        var methods = EngineChart.Run(chartCase, isMethods: true);

        return FirstDifference("live output", expected.Live, actual.Live)
            ?? FirstDifference(expected, actual)
            ?? FirstDifference("live output of methods", expected.Live, methods.Live)
            ?? FirstDifference(expected, methods)
            ?? FirstDifference("final state without instruments", [expected.Final], [bare.Final])
            ?? FirstDifference("variables without instruments", Lines(expected.Variables), Lines(bare.Variables));
    }

    private static string? FirstDifference(OracleRun expected, OracleRun actual) =>
        FirstDifference("spy", expected.Spy, actual.Spy)
        ?? FirstDifference("trace", expected.Trace, actual.Trace)
        ?? FirstDifference("final state", [expected.Final], [actual.Final])
        ?? FirstDifference("variables", Lines(expected.Variables), Lines(actual.Variables));

    private static List<string> Lines(IReadOnlyDictionary<string, int> variables) =>
        [.. variables.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} = {pair.Value}")];

    private static string? FirstDifference(string what, IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        var same = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        return same == expected.Count && same == actual.Count
            ? null
            : $"{what}, line {same + 1}: the oracle has '{expected.ElementAtOrDefault(same)}', "
                + $"the engine '{actual.ElementAtOrDefault(same)}', after '{expected.ElementAtOrDefault(same - 1)}'";
    }
}
