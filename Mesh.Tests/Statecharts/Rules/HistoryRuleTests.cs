using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Rules;

/// <summary>SCXML section 3.10: history.</summary>
public sealed class HistoryRuleTests
{
    private const string Deep = """
        <state id="s"><transition event="leave" target="out"/>
          <history id="shallow"><transition target="b"><log label="say: default"/></transition></history>
          <history id="deep" type="deep"><transition target="b2"><log label="say: default"/></transition></history>
          <state id="a"><transition event="next" target="b2"/></state>
          <state id="b"><state id="b1"/><state id="b2"/></state>
        </state>
        <state id="out">
          <transition event="shallow" target="shallow"/><transition event="deep" target="deep"/>
          <transition event="again" target="s"/>
        </state>
        """;

    [TestCase("shallow", "b1")]
    [TestCase("deep", "b2")]
    public void W3C_Test387_TheDefaultOfAHistory_IsTaken_WhenTheStateWasNeverLeft(string history, string expected)
    {
        var run = RuleRun.With("initial=\"out\"", Deep, history);

        Assert.That((run.State, run.Said), Is.EqualTo((expected, "default")));
    }

    [TestCase("shallow", "b1")]
    [TestCase("deep", "b2")]
    public void W3C_Test388_AHistory_LeadsBackToWhatWasActive(string history, string expected)
    {
        var run = RuleRun.Of(Deep, "next", "leave", history);

        Assert.That((run.State, run.Said), Is.EqualTo((expected, "")));
    }

    [Test]
    public void W3C_Test388_AHistory_RemembersTheLastVisit()
    {
        var run = RuleRun.Of(Deep, "next", "leave", "again", "leave", "deep");

        Assert.That(run.State, Is.EqualTo("a"));
    }

    [Test]
    public void Section310_AHistory_RemembersAllRegions()
    {
        var run = RuleRun.Of(
            """
            <state id="s"><transition event="leave" target="out"/>
              <history id="h" type="deep"><transition target="p"/></history>
              <parallel id="p">
                <state id="l"><state id="l1"><transition event="e" target="l2"/></state><state id="l2"/></state>
                <state id="r"><state id="r1"/><state id="r2"/></state>
              </parallel>
            </state>
            <state id="out"><transition event="back" target="h"/></state>
            """,
            "e",
            "leave",
            "back");

        Assert.That(run.State, Is.EqualTo("l2,r1"));
    }

    [Test]
    public void Section310_AHistoryOfAParallelState_LeadsBackIntoItsRegions()
    {
        var run = RuleRun.Of(
            """
            <parallel id="p"><transition event="leave" target="out"/>
              <history id="h" type="deep"><transition target="l1 r1"/></history>
              <state id="l"><state id="l1"><transition event="e" target="l2"/></state><state id="l2"/></state>
              <state id="r"><state id="r1"/></state>
            </parallel>
            <state id="out"><transition event="back" target="h"/></state>
            """,
            "e",
            "leave",
            "back");

        Assert.That(run.State, Is.EqualTo("l2,r1"));
    }

    // The default of h is a history deeper inside; what that leads to decides what is left, as in appendix D's
    // getEffectiveTargetStates.
    [Test]
    public void AppendixD_ADefaultThatIsAHistoryInside_IsFollowedToItsEnd()
    {
        var run = RuleRun.Of(
            """
            <state id="s"><onexit><log label="say: -s"/></onexit>
              <history id="h"><transition target="h2"/></history>
              <state id="a"><onexit><log label="say: -a"/></onexit>
                <history id="h2"><transition target="c"/></history>
                <state id="b"><onexit><log label="say: -b"/></onexit><transition event="e" target="h"/></state>
                <state id="c"><onentry><log label="say: +c"/></onentry></state>
              </state>
            </state>
            """,
            "e");

        Assert.That((run.State, run.Said), Is.EqualTo(("c", "-b +c")));
    }

    [Test]
    public void Section310_AHistory_IsWrittenBeforeExitHandlersRun()
    {
        var run = RuleRun.Of(
            """
            <state id="s"><transition event="leave" target="h"/>
              <history id="h"><transition target="a"/></history>
              <state id="a"><transition event="next" target="b"/></state><state id="b"/>
            </state>
            """,
            "next",
            "leave");

        // The domain is told by what the history held before the transition, the entry by what it holds now.
        Assert.That(run.State, Is.EqualTo("b"));
    }

    [Test]
    public void W3C_Test579_DefaultContent_RunsAfterTheEntryOfTheParentAndBeforeThoseInside()
    {
        var run = RuleRun.With(
            "initial=\"z\"",
            """
            <state id="z"><transition event="e" target="h"><log label="say: content"/></transition></state>
            <state id="s"><onentry><log label="say: parent"/></onentry>
              <initial><transition target="a"><log label="say: initial"/></transition></initial>
              <history id="h"><transition target="a"><log label="say: default"/></transition></history>
              <state id="a"><onentry><log label="say: inner"/></onentry></state>
            </state>
            """,
            "e");

        Assert.That(run.Said, Is.EqualTo("content parent default inner"));
    }

    [Test]
    public void W3C_Test579_DefaultContent_DoesNotRun_WhenTheHistoryHasSomethingToRemember()
    {
        var run = RuleRun.Of(
            """
            <state id="s"><onentry><log label="say: parent"/></onentry><transition event="leave" target="out"/>
              <history id="h"><transition target="a"><log label="say: default"/></transition></history>
              <state id="a"><onentry><log label="say: inner"/></onentry></state>
            </state>
            <state id="out"><transition event="back" target="h"/></state>
            """,
            "leave",
            "back");

        Assert.That(run.Said, Is.EqualTo("parent inner parent inner"));
    }

    [Test]
    public void W3C_Test579_AnInitialThatIsAHistory_RunsBothContents()
    {
        var run = RuleRun.Of(
            """
            <state id="s"><initial><transition target="h"><log label="say: initial"/></transition></initial>
              <history id="h"><transition target="a"><log label="say: default"/></transition></history>
              <state id="a"/>
            </state>
            """);

        Assert.That((run.State, run.Said), Is.EqualTo(("a", "initial default")));
    }

    [Test]
    public void W3C_Test580_AHistory_IsNeverActive()
    {
        var run = RuleRun.Of(
            """
            <state id="s"><history id="h"><transition target="a"/></history>
              <initial><transition target="h"><log label="say" expr="In('h')"/></transition></initial>
              <state id="a"><onentry><log label="say" expr="In('h')"/></onentry>
                <onexit><log label="say" expr="In('h')"/></onexit><transition event="e" target="h"/></state>
            </state>
            """,
            "e");

        Assert.That(run.Said, Is.EqualTo("false false false false"));
    }
}
