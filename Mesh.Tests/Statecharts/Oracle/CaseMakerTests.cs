using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>What the random cases are good for.</summary>
public sealed class CaseMakerTests
{
    private const int CaseCount = 300;

    private static readonly string[] Marks =
    [
        "EMPTY_SIGNAL:", ":HOOK", "POST_FIFO:", "POST_LIFO:", "POST_DEFERRED:", "RECALL:", "note ", "in s", "out s",
        "Zz:", "Queued:(2)", "Deferred:(2)", "SUBSCRIBING TO:(", "PUBLISH:(",
        "SUBSCRIBE_META_SIGNAL:s", "POST_LIFO:SUBSCRIBE_META_SIGNAL",
    ];

    [Test]
    public void Make_GivesTheSameCase_WhenTheSeedIsTheSame()
    {
        var first = Make(7);
        var second = Make(7);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.ToString(), Is.EqualTo(first.ToString()));
            Assert.That(Make(8).ToString(), Is.Not.EqualTo(first.ToString()));
        }
    }

    [Test]
    public void Make_CoversEveryLineOfTheSpy_WhenThereAreManyCases()
    {
        var lines = Enumerable.Range(1, CaseCount).SelectMany(seed => Play(Make(seed)).Spy).ToList();

        using (Assert.EnterMultipleScope())
        {
            foreach (var mark in Marks)
            {
                var count = lines.Count(line => line.Contains(mark, StringComparison.Ordinal));
                Assert.That(count, Is.GreaterThan(50), mark);
            }
        }
    }

    [Test]
    public void Make_GivesTreesOfUpToSixLevelsAndTwelveStates_WhenThereAreManyCases()
    {
        var charts = Enumerable.Range(1, CaseCount).Select(seed => Make(seed).Chart).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(charts.Max(chart => chart.States.Count), Is.EqualTo(12));
            Assert.That(charts.Max(Depth), Is.EqualTo(6));
            Assert.That(charts.Select(chart => chart.Style).Distinct().Count(), Is.EqualTo(2));
        }
    }

    [Test]
    public void Smaller_GivesCasesThatStillRun_WhenARandomCaseIsShrunk()
    {
        var smaller = Enumerable.Range(1, 20).SelectMany(seed => CaseShrinker.Smaller(Make(seed))).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(smaller, Has.Count.GreaterThan(1000));
            Assert.That(() => smaller.ForEach(each => Play(each)), Throws.Nothing);
        }
    }

    private static ChartCase Make(int seed) => CaseMaker.Make(new Random(seed), 40);

    private static OracleRun Play(ChartCase chartCase) =>
        OracleChart.Run(chartCase.Chart, chartCase.Host, chartCase.Script);

    private static int Depth(ChartSpec chart) => chart.States.Max(state => DepthOf(chart, state));

    private static int DepthOf(ChartSpec chart, StateSpec state) => state.Parent is null
        ? 1
        : 1 + DepthOf(chart, chart.States.First(each => each.Name == state.Parent));
}
