using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>The engine keeps the sizes of the rings, as the oracle does.</summary>
public sealed class EngineSmallFactsTests
{
    [TestCase(245)]
    [TestCase(248)]
    [TestCase(249)]
    [TestCase(300)]
    [TestCase(600)]
    [TestCase(1200)]
    public void Engine_KeepsTheSameLinesOfAStep_WhenItScribblesALot(int scribbleCount)
    {
        var chartCase = new ChartCase
        {
            Host = CaseHost.Queues,
            Chart = SmallCharts.Scribbler(scribbleCount),
            Script = ["start s1", "clear-spy", "A"],
        };

        AssertAgreement(chartCase);
    }

    [TestCase("A", true)]
    [TestCase("A", false)]
    [TestCase("Zz", true)]
    [TestCase("Zz", false)]
    public void Engine_KeepsTheSameLines_WhenThereAreMoreThanTheRingsHold(string signal, bool hasQueues)
    {
        var chartCase = new ChartCase
        {
            Host = hasQueues ? CaseHost.Queues : CaseHost.Processor,
            Chart = SmallCharts.SelfTransition,
            Script = [.. Enumerable.Repeat(signal, 700).Prepend("A").Prepend("start s1")],
        };

        AssertAgreement(chartCase);
    }

    [Test]
    public void Engine_ShowsOnlyWhatCameAfter_WhenSpyAndTraceWereCleared()
    {
        var chartCase = new ChartCase
        {
            Host = CaseHost.Active,
            Chart = SmallCharts.SelfTransition,
            Script = ["start s1", "A", "clear-spy", "A", "clear-trace", "A", "Zz"],
        };

        AssertAgreement(chartCase);
    }

    [TestCase("s1")]
    [TestCase("arming")]
    public void Engine_NamesTheChartAfterItsStartState_WhenItWasGivenNoName(string startState)
    {
        var chartCase = new ChartCase
        {
            Host = CaseHost.Active,
            Chart = new ChartSpec { States = [new StateSpec { Name = "other" }, new StateSpec { Name = startState }] },
            Script = [$"start {startState}"],
        };

        AssertAgreement(chartCase);
    }

    private static void AssertAgreement(ChartCase chartCase)
    {
        var expected = OracleChart.Run(chartCase.Chart, chartCase.Host, chartCase.Script);

        var actual = EngineChart.Run(chartCase);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(actual.Spy, Is.EqualTo(expected.Spy));
            Assert.That(actual.Trace, Is.EqualTo(expected.Trace));
            Assert.That(actual.Live, Is.EqualTo(expected.Live));
        }
    }
}
