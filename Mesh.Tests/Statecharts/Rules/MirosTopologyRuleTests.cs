using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Rules;

/// <summary>miros: which states are searched, left and entered, one rule at a time. S is the state that caught the
/// event, T its target.</summary>
public sealed class MirosTopologyRuleTests
{
    private static readonly Signal A = new("A");

    [Test]
    public void Miros_Start_SearchesOutward_EntersInward_AndAsksForTheInitOfTheTarget()
    {
        Assert.That(
            Lines("s3", "s1", "s1", started: true),
            Is.EqualTo("START SEARCH:s3 SEARCH:s2 SEARCH:s1 ENTRY:s1 ENTRY:s2 ENTRY:s3 INIT:s3"));
    }

    [Test]
    public void Miros_Init_SearchesOnlyUpToTheStateThatHoldsIt_ThenEntersAndAsksAgain()
    {
        var chart = Chart.Define<object>("init", c =>
        {
            c.State("s1").Init("s3").State("s2").State("s3").Init("s4").State("s4");
        });

        Assert.That(
            Short(ChartRun.Bare(chart, "s1").Spy),
            Is.EqualTo(
                "START SEARCH:s1 ENTRY:s1 INIT:s1 SEARCH:s3 SEARCH:s2 ENTRY:s2 ENTRY:s3 INIT:s3 "
                + "SEARCH:s4 ENTRY:s4 INIT:s4"));
    }

    [Test]
    public void Miros_TopologyA_LeavesAndEntersS_WhenSIsT()
    {
        Assert.That(Lines("s1", "s1", "s1"), Is.EqualTo("A:s1 EXIT:s1 ENTRY:s1 INIT:s1"));
    }

    [Test]
    public void Miros_TopologyB_EntersTAlone_WhenSIsItsParent()
    {
        Assert.That(Lines("s1", "s1", "s2"), Is.EqualTo("A:s1 SEARCH:s2 ENTRY:s2 INIT:s2"));
    }

    [Test]
    public void Miros_TopologyC_LeavesSAndEntersT_WhenTheyHaveOneParent()
    {
        Assert.That(Lines("t2", "t2", "t3"), Is.EqualTo("A:t2 SEARCH:t3 SEARCH:t2 EXIT:t2 ENTRY:t3 INIT:t3"));
    }

    [Test]
    public void Miros_TopologyD_LeavesSAndAsksForTheInitOfT_WhenTIsItsParent()
    {
        Assert.That(Lines("s2", "s2", "s1"), Is.EqualTo("A:s2 SEARCH:s1 SEARCH:s2 EXIT:s2 INIT:s1"));
    }

    [Test]
    public void Miros_TopologyE_EntersFromSInward_WhenSIsAFartherAncestorOfT()
    {
        Assert.That(
            Lines("s1", "s1", "s4"),
            Is.EqualTo("A:s1 SEARCH:s4 SEARCH:s1 SEARCH:s3 SEARCH:s2 ENTRY:s2 ENTRY:s3 ENTRY:s4 INIT:s4"));
    }

    [Test]
    public void Miros_TopologyF_LeavesSAndEntersInward_WhenTheParentOfSIsAnAncestorOfT()
    {
        Assert.That(
            Lines("u3", "u3", "s4"),
            Is.EqualTo(
                "A:u3 SEARCH:s4 SEARCH:u3 SEARCH:s3 SEARCH:s2 SEARCH:s1 EXIT:u3 ENTRY:s3 ENTRY:s4 INIT:s4"));
    }

    [Test]
    public void Miros_TopologyG_LeavesOneAfterAnother_UntilAnAncestorOfTIsMet()
    {
        Assert.That(
            Lines("s3", "s3", "t2"),
            Is.EqualTo(
                "A:s3 SEARCH:t2 SEARCH:s3 SEARCH:t1 EXIT:s3 EXIT:s2 SEARCH:s2 EXIT:s1 SEARCH:s1 "
                + "ENTRY:t1 ENTRY:t2 INIT:t2"));
    }

    [Test]
    public void Miros_TopologyH_LeavesSAndEntersNothing_WhenTIsAFartherAncestorOfS()
    {
        Assert.That(
            Lines("s4", "s4", "s1"),
            Is.EqualTo("A:s4 SEARCH:s1 SEARCH:s4 EXIT:s4 EXIT:s3 SEARCH:s3 EXIT:s2 SEARCH:s2 INIT:s1"));
    }

    [Test]
    public void Miros_WayOut_SearchesBehindAnExit_WhenTheStateSaidHandled()
    {
        Assert.That(
            Lines("s3", "s1", "s1"),
            Is.EqualTo("A:s3 A:s2 A:s1 EXIT:s3 SEARCH:s3 EXIT:s2 SEARCH:s2 EXIT:s1 ENTRY:s1 INIT:s1"));
    }

    [Test]
    public void Miros_WayOut_SearchesNothing_WhenTheStatesSaidSuper()
    {
        Assert.That(
            Lines("s3", "s1", "s1", isHandled: false),
            Is.EqualTo("A:s3 A:s2 A:s1 EXIT:s3 EXIT:s2 EXIT:s1 ENTRY:s1 INIT:s1"));
    }

    [Test]
    public void Miros_Transitions_AreLocal_WhenACompositeGoesIntoItsOwnInside()
    {
        Assert.That(
            Lines("s3", "s1", "s2"),
            Is.EqualTo("A:s3 A:s2 A:s1 EXIT:s3 SEARCH:s3 EXIT:s2 SEARCH:s2 SEARCH:s2 ENTRY:s2 INIT:s2"));
    }

    [Test]
    public void Miros_EntryExitAndInit_AreWritten_WhetherOrNotTheStateHasHandlers()
    {
        Assert.That(Lines("t2", "t2", "t3", isHandled: false), Does.Contain("EXIT:t2").And.Contain("ENTRY:t3 INIT:t3"));
    }

    // s1 > s2 > s3 > s4, s2 > u3; t1 > t2, t3
    private static string Lines(
        string start, string source, string target, bool isHandled = true, bool started = false)
    {
        var chart = Chart.Define<object>("tree", c =>
        {
            var states = new Dictionary<string, StateBuilder<object>>
            {
                ["s1"] = c.State("s1"),
                ["t1"] = c.State("t1"),
            };
            foreach (var (name, parent) in new[]
            {
                ("s2", "s1"), ("s3", "s2"), ("s4", "s3"), ("u3", "s2"), ("t2", "t1"), ("t3", "t1"),
            })
            {
                states.Add(name, states[parent].State(name));
            }

            foreach (var state in states.Values)
            {
                _ = isHandled ? state.Entry().Exit() : state;
            }

            states[source].On(A).Goto(target);
        });
        var begun = ChartRun.Bare(chart, start).Spy;
        return Short(started ? begun : ChartRun.Bare(chart, start, A).Spy[(begun.Length + 1)..]);
    }

    // The lines in one, with the names of miros' signals cut short.
    private static string Short(string spy)
    {
        return spy.Replace("SEARCH_FOR_SUPER_SIGNAL", "SEARCH", StringComparison.Ordinal)
            .Replace("_SIGNAL", "", StringComparison.Ordinal).Replace('\n', ' ');
    }
}
