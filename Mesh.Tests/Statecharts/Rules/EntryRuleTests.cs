using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Rules;

/// <summary>SCXML sections 3.2 to 3.9: initial states, handlers of entry and exit, final states, the end.</summary>
public sealed class EntryRuleTests
{
    [Test]
    public void W3C_Test355_TheFirstState_IsInitial_WhenNoneIsNamed()
    {
        Assert.That(RuleRun.Of("""<state id="a"/><state id="b"/>""").State, Is.EqualTo("a"));
    }

    [TestCase("""<state id="s" initial="b"><state id="a"/><state id="b"/></state>""")]
    [TestCase("""<state id="s"><initial><transition target="b"/></initial><state id="a"/><state id="b"/></state>""")]
    [TestCase("""<state id="s"><state id="b"/><state id="a"/></state>""")]
    [TestCase("""<state id="s" initial="b"><state id="a"><state id="b"/></state></state>""")]
    public void W3C_Test364_TheInitialState_IsTheOneThatIsNamed_OrElseTheFirst(string inside)
    {
        Assert.That(RuleRun.Of(inside).State, Is.EqualTo("b"));
    }

    [Test]
    public void W3C_Test372_DoneEvents_AreMadeAfterTheEntryOfTheFinalStateAndBeforeItsExit()
    {
        var run = RuleRun.Of(
            """
            <state id="s" initial="end">
              <transition event="done.state.s"><log label="say" expr="x"/></transition>
              <transition event="raised" target="out"><log label="say: raised"/></transition>
              <final id="end">
                <onentry><raise event="raised"/><assign location="x" expr="2"/></onentry>
                <onexit><assign location="x" expr="3"/></onexit>
              </final>
            </state>
            <state id="out"><transition event="done.state.s"><log label="say" expr="x"/></transition></state>
            <datamodel><data id="x" expr="1"/></datamodel>
            """);

        // What the entry raises comes before the done event; by then the final state was left.
        Assert.That(run.Said, Is.EqualTo("raised 3"));
    }

    [Test]
    public void W3C_Test372_DoneEvents_SeeWhatTheEntryOfTheFinalStateDid()
    {
        var run = RuleRun.Of(
            """
            <datamodel><data id="x" expr="1"/></datamodel>
            <state id="s" initial="end">
              <transition event="done.state.s" cond="x == 2" target="pass"/>
              <final id="end">
                <onentry><assign location="x" expr="2"/></onentry><onexit><assign location="x" expr="3"/></onexit>
              </final>
            </state>
            <state id="pass"/>
            """);

        Assert.That(run.State, Is.EqualTo("pass"));
    }

    [Test]
    public void W3C_Test375_EntryHandlers_RunInDocumentOrder()
    {
        Assert.That(
            RuleRun.Of(
                """
                <state id="a"><onentry><log label="say: 1"/></onentry><onentry><log label="say: 2"/></onentry>
                  <onentry><log label="say: 3"/></onentry></state>
                """).Said,
            Is.EqualTo("1 2 3"));
    }

    [Test]
    public void W3C_Test376_EntryHandlers_AreBlocksOfTheirOwn()
    {
        Assert.That(
            RuleRun.Of(
                """
                <state id="a"><onentry><send event="e" target="!"/><log label="say: 1"/></onentry>
                  <onentry><log label="say: 2"/></onentry></state>
                """).Said,
            Is.EqualTo("2"));
    }

    [Test]
    public void W3C_Test377_ExitHandlers_RunInDocumentOrder()
    {
        Assert.That(
            RuleRun.Of(
                """
                <state id="a"><onexit><log label="say: 1"/></onexit><onexit><log label="say: 2"/></onexit>
                  <transition event="e" target="b"/></state><state id="b"/>
                """,
                "e").Said,
            Is.EqualTo("1 2"));
    }

    [Test]
    public void W3C_Test378_ExitHandlers_AreBlocksOfTheirOwn()
    {
        Assert.That(
            RuleRun.Of(
                """
                <state id="a"><onexit><send event="e" target="!"/><log label="say: 1"/></onexit>
                  <onexit><log label="say: 2"/></onexit><transition event="e" target="b"/></state><state id="b"/>
                """,
                "e").Said,
            Is.EqualTo("2"));
    }

    [Test]
    public void W3C_Test412_ContentOfTheInitial_RunsBetweenTheEntriesOfTheStateAndOfThoseInside()
    {
        var run = RuleRun.Of(
            """
            <state id="s"><onentry><log label="say: outer"/></onentry>
              <initial><transition target="a"><log label="say: initial"/></transition></initial>
              <state id="a"><onentry><log label="say: inner"/></onentry></state>
            </state>
            """);

        Assert.That(run.Said, Is.EqualTo("outer initial inner"));
    }

    [Test]
    public void W3C_Test412_ContentOfTheInitial_DoesNotRun_WhenTheStateIsNotEnteredByDefault()
    {
        var run = RuleRun.Of(
            """
            <state id="z"><transition event="e" target="b"/></state>
            <state id="s">
              <initial><transition target="a"><log label="say: initial"/></transition></initial>
              <state id="a"/><state id="b"/>
            </state>
            """,
            "e");

        Assert.That((run.State, run.Said), Is.EqualTo(("b", "")));
    }

    [Test]
    public void W3C_Test413_TheChart_StartsInTheStatesThatItNames()
    {
        var run = RuleRun.With(
            "initial=\"r2 l2\"",
            """
            <state id="z"/>
            <parallel id="p">
              <state id="l"><state id="l1"/><state id="l2"/></state>
              <state id="r"><state id="r1"/><state id="r2"/></state>
            </parallel>
            """);

        Assert.That(run.State, Is.EqualTo("l2,r2"));
    }

    [Test]
    public void W3C_Test576_TheChart_MayStartDeepInSeveralRegions()
    {
        var run = RuleRun.With(
            "initial=\"l12 r12\"",
            """
            <state id="z"><state id="y">
              <parallel id="p">
                <state id="l"><state id="l1"><state id="l11"/><state id="l12"/></state></state>
                <state id="r"><state id="r1"><state id="r11"/><state id="r12"/></state></state>
              </parallel>
            </state></state>
            """);

        Assert.That(run.State, Is.EqualTo("l12,r12"));
    }

    [Test]
    public void W3C_Test416_AFinalState_MakesTheDoneEventOfItsParent()
    {
        var run = RuleRun.Of(
            """
            <state id="s" initial="inner"><transition event="done.state.inner" target="pass"/>
              <state id="inner" initial="end"><final id="end"/></state></state>
            <state id="pass"/>
            """);

        Assert.That(run.State, Is.EqualTo("pass"));
    }

    [Test]
    public void W3C_Test417_AParallelState_IsDone_WhenAllRegionsAre()
    {
        var run = RuleRun.Of(
            """
            <parallel id="p"><transition event="done.state.p" target="pass"/>
              <state id="l"><state id="l1"><transition event="e" target="lEnd"/></state><final id="lEnd"/></state>
              <state id="r"><state id="r1"><transition event="f" target="rEnd"/></state><final id="rEnd"/></state>
            </parallel>
            <state id="pass"/>
            """,
            "e");
        var before = run.State;

        run.Post("f");

        Assert.That((before, run.State), Is.EqualTo(("lEnd,r1", "pass")));
    }

    [Test]
    public void W3C_Test570_TheDoneEventsOfRegions_ComeBeforeThatOfTheParallelState()
    {
        var run = RuleRun.Of(
            """
            <parallel id="p">
              <transition event="done.state"><log label="say" expr="_event.name"/></transition>
              <state id="l" initial="lEnd"><final id="lEnd"/></state>
              <state id="r" initial="rEnd"><final id="rEnd"/></state>
            </parallel>
            """);

        Assert.That(run.Said, Is.EqualTo("done.state.l done.state.r done.state.p"));
    }

    [Test]
    public void AppendixD_DoneEvents_GoUpToTheParallelStateAroundTheRegionAndNoFarther()
    {
        var run = RuleRun.Of(
            """
            <parallel id="p"><transition event="done.state.p" target="pass"/>
              <history id="h"><transition target="q"/></history>
              <parallel id="q">
                <state id="l" initial="lEnd"><final id="lEnd"/></state>
                <state id="r"><state id="r1"><transition event="e" target="rEnd"/></state><final id="rEnd"/></state>
              </parallel>
            </parallel>
            <state id="pass"/>
            """,
            "e");

        // The procedure enterStates looks at the parent and the grandparent of a final state alone.
        Assert.That(run.Spy, Does.Contain("RAISE:done.state.q").And.Not.Contain("RAISE:done.state.p"));
    }

    [Test]
    public void W3C_Test415_AnOutermostFinalState_EndsTheChart()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><transition event="e" target="end"/></state>
            <final id="end"><onentry><raise event="late"/></onentry><onexit><log label="say: left"/></onexit></final>
            <state id="b"/>
            """,
            "e",
            "late");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((run.IsDone, run.State, run.Said), Is.EqualTo((true, "end", "left")));
            Assert.That(run.Spy, Has.None.StartsWith("late"));
        }
    }

    [Test]
    public void AppendixD_AllActiveStates_AreLeftAtTheEndInExitOrder()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><transition event="e" target="end"/><onexit><log label="say: a"/></onexit></state>
            <final id="end"><onentry><log label="say: +end"/></onentry><onexit><log label="say: -end"/></onexit></final>
            """,
            "e");

        Assert.That(run.Said, Is.EqualTo("a +end -end"));
    }

    [Test]
    public void AppendixD_DelayedSends_AreForgottenAtTheEnd()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><onentry><send event="late" delay="1s"/></onentry><transition event="e" target="end"/></state>
            <final id="end"/>
            """,
            "e");

        run.Advance(2_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Spy, Has.None.Contain("late"));
            Assert.That(run.PendingTimerCount, Is.Zero);
        }
    }
}
