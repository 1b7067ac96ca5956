using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>The oracle keeps the small facts that no recorded case shows.</summary>
public sealed class OracleSmallFactsTests
{
    [TestCase("arming", "75c8c")]
    [TestCase("producer_outer", "a31d9")]
    [TestCase("c1", "027eb")]
    [TestCase("middle", "1b59a")]
    [TestCase("s1", "9b9fd")]
    [TestCase("outer_state", "6052a")]
    public void DefaultName_IsThatOfMiros_WhenTheChartWasGivenNone(string startState, string expected)
    {
        var chart = new ChartSpec { States = [new StateSpec { Name = startState }] };

        var run = OracleChart.Run(chart, CaseHost.Active, [$"start {startState}"]);

        Assert.That(run.Trace, Is.EqualTo(new[] { $"[{expected}] e->start_at() top->{startState}" }));
    }

    [Test]
    public void Spy_BeginsWithTheFiftySecondScribble_WhenOneStepScribblesThreeHundredTimes()
    {
        var run = OracleChart.Run(SmallCharts.Scribbler(300), CaseHost.Queues, ["start s1", "clear-spy", "A"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Spy, Has.Count.EqualTo(251));
            Assert.That(run.Spy[0], Is.EqualTo("scribble 52"));
            Assert.That(run.Spy[^1], Is.EqualTo("<- Queued:(0) Deferred:(0)"));
        }
    }

    [Test]
    public void Rings_HoldFiveHundredEach_WhenThereWereSixHundredTransitions()
    {
        var script = Enumerable.Repeat("A", 600).Prepend("start s1");

        var run = OracleChart.Run(SmallCharts.SelfTransition, CaseHost.Queues, script);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Spy, Has.Count.EqualTo(500));
            Assert.That(run.Trace, Is.EqualTo(Enumerable.Repeat("[chart] e->A() s1->s1", 500)));
        }
    }

    [Test]
    public void Spy_IsEmpty_WhenItWasCleared()
    {
        string[] script = ["start s1", "clear-spy", "clear-trace"];

        var run = OracleChart.Run(SmallCharts.SelfTransition, CaseHost.Queues, script);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Spy, Is.Empty);
            Assert.That(run.Trace, Is.Empty);
        }
    }

    [Test]
    public void Run_Throws_WhenAnInitLeadsOutward()
    {
        var chart = new ChartSpec
        {
            States =
            [
                new StateSpec { Name = "outer" },
                new StateSpec { Name = "inner", Parent = "outer", Init = new ReactionSpec { Then = "outer" } },
            ],
        };

        Assert.That(
            () => OracleChart.Run(chart, CaseHost.Queues, ["start inner"]),
            Throws.InvalidOperationException);
    }
}
