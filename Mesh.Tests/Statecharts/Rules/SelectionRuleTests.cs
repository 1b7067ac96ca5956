using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Rules;

/// <summary>SCXML section 3.13 and appendix D: which transitions are taken, and what they leave.</summary>
public sealed class SelectionRuleTests
{
    private const string Loud =
        """<onentry><log label="say: +{0}"/></onentry><onexit><log label="say: -{0}"/></onexit>""";

    [Test]
    public void W3C_Test403a_TheInnermostState_IsAskedFirst()
    {
        var run = RuleRun.Of(
            """
            <state id="outer"><transition event="e"><log label="say: outer"/></transition>
              <transition event="f"><log label="say: outer-f"/></transition>
              <state id="inner"><transition event="e"><log label="say: inner"/></transition>
                <transition event="f" cond="false"><log label="say: refused"/></transition></state>
            </state>
            """,
            "e",
            "f");

        Assert.That(run.Said, Is.EqualTo("inner outer-f"));
    }

    [Test]
    public void W3C_Test403a_TheFirstTransitionInDocumentOrder_IsTaken()
    {
        var run = RuleRun.Of(
            """
            <state id="a">
              <transition event="e" cond="false"><log label="say: first"/></transition>
              <transition event="e.x"><log label="say: second"/></transition>
              <transition event="*"><log label="say: third"/></transition>
              <transition event="e"><log label="say: fourth"/></transition>
            </state>
            """,
            "e");

        Assert.That(run.Said, Is.EqualTo("third"));
    }

    [Test]
    public void W3C_Test403b_ATransitionAroundRegions_IsTakenOnce()
    {
        var run = RuleRun.Of(
            """
            <parallel id="p"><transition event="e"><log label="say: once"/></transition>
              <state id="l"/><state id="r"/></parallel>
            """,
            "e");

        Assert.That(run.Said, Is.EqualTo("once"));
    }

    [Test]
    public void W3C_Test403c_AnEarlierRegion_PreemptsALaterOne()
    {
        var run = RuleRun.Of(
            """
            <parallel id="p">
              <state id="l"><transition event="e" target="out"><log label="say: left"/></transition></state>
              <state id="r"><transition event="e" target="other"><log label="say: right"/></transition></state>
              <state id="s"><transition event="e"><log label="say: targetless"/></transition></state>
            </parallel>
            <state id="out"/><state id="other"/>
            """,
            "e");

        Assert.That((run.State, run.Said), Is.EqualTo(("out", "left targetless")));
    }

    [Test]
    public void W3C_Test403c_ATransitionOfAnInnerState_PreemptsTheEarlierOneOfTheStateAround()
    {
        var run = RuleRun.Of(
            """
            <state id="around"><transition event="e" target="out"><log label="say: around"/></transition>
              <parallel id="p">
                <state id="l"><state id="l1"/></state>
                <state id="r">
                  <state id="r1"><transition event="e" target="r2"><log label="say: inner"/></transition></state>
                  <state id="r2"/>
                </state>
              </parallel>
            </state>
            <state id="out"/>
            """,
            "e");

        Assert.That((run.State, run.Said), Is.EqualTo(("l1,r2", "inner")));
    }

    [Test]
    public void Section313_TransitionsOfRegions_AreAllTaken_WhenTheyDoNotConflict()
    {
        var run = RuleRun.Of(
            """
            <parallel id="p">
              <state id="l"><state id="l1"><transition event="e" target="l2"/></state><state id="l2"/></state>
              <state id="r"><state id="r1"><transition event="e" target="r2"/></state><state id="r2"/></state>
            </parallel>
            """,
            "e");

        Assert.That(run.State, Is.EqualTo("l2,r2"));
    }

    [Test]
    public void W3C_Test503_ATargetlessTransition_LeavesNothing()
    {
        var run = Said(
            """
            <state id="a">{a}<transition event="e"><log label="say: content"/></transition>
              <state id="b">{b}</state></state>
            """,
            "e");

        Assert.That(run, Is.EqualTo("+a +b content"));
    }

    [Test]
    public void W3C_Test504_AnExternalTransition_LeavesAllInsideTheInnermostStateAroundSourceAndTarget()
    {
        var run = Said(
            """
            <state id="s">{s}
              <parallel id="p">{p}
                <state id="l">{l}<transition event="e" target="r1"/></state>
                <state id="r">{r}<state id="r1">{r1}</state></state>
              </parallel>
            </state>
            """,
            "e");

        // A parallel state cannot be the one that stays: s is, and all regions are left and entered.
        Assert.That(run, Is.EqualTo("+s +p +l +r +r1 -r1 -r -l -p +p +l +r +r1"));
    }

    [Test]
    public void W3C_Test504_AnExternalTransitionIntoItsSource_LeavesTheSource()
    {
        Assert.That(
            Said("""<state id="a">{a}<transition event="e" target="b"/><state id="b">{b}</state></state>""", "e"),
            Is.EqualTo("+a +b -b -a +a +b"));
    }

    [Test]
    public void W3C_Test505_AnInternalTransition_DoesNotLeaveItsCompoundSource()
    {
        var run = Said(
            """
            <state id="a">{a}<transition event="e" type="internal" target="c"/>
              <state id="b">{b}</state><state id="c">{c}</state></state>
            """,
            "e");

        Assert.That(run, Is.EqualTo("+a +b -b +c"));
    }

    [TestCase("a")]
    [TestCase("out")]
    public void W3C_Test506_AnInternalTransition_IsExternal_WhenItsTargetIsNotInside(string target)
    {
        var run = Said(
            $$"""
            <state id="a">{a}<transition event="e" type="internal" target="{{target}}"/>
              <state id="b">{b}</state></state>
            <state id="out">{out}</state>
            """,
            "e");

        Assert.That(run, Is.EqualTo(target == "a" ? "+a +b -b -a +a +b" : "+a +b -b -a +out"));
    }

    [Test]
    public void W3C_Test533_AnInternalTransition_IsExternal_WhenItsSourceIsParallel()
    {
        var run = Said(
            """
            <parallel id="p">{p}<transition event="e" type="internal" target="l1"/>
              <state id="l">{l}<state id="l1">{l1}</state></state><state id="r">{r}</state>
            </parallel>
            """,
            "e");

        Assert.That(run, Is.EqualTo("+p +l +l1 +r -r -l1 -l -p +p +l +l1 +r"));
    }

    [Test]
    public void W3C_Test404_StatesAreLeft_InnerBeforeOuterAndLastBeforeFirst()
    {
        var run = Said(
            """
            <state id="a">{a}<transition event="e" target="out"/>
              <parallel id="p">{p}
                <state id="l">{l}</state><state id="r">{r}<state id="r1">{r1}</state></state>
              </parallel>
            </state>
            <state id="out"/>
            """,
            "e");

        Assert.That(run, Is.EqualTo("+a +p +l +r +r1 -r1 -r -l -p -a"));
    }

    [Test]
    public void W3C_Test405_ContentOfTransitions_RunsAfterAllExitsInDocumentOrder()
    {
        var run = Said(
            """
            <parallel id="p">{p}
              <state id="l">{l}
                <state id="l1">{l1}<transition event="e" target="l2"><log label="say: left"/></transition></state>
                <state id="l2">{l2}</state></state>
              <state id="r">{r}
                <state id="r1">{r1}<transition event="e" target="r2"><log label="say: right"/></transition></state>
                <state id="r2">{r2}</state></state>
            </parallel>
            """,
            "e");

        Assert.That(run, Is.EqualTo("+p +l +l1 +r +r1 -r1 -l1 left right +l2 +r2"));
    }

    [Test]
    public void W3C_Test406_StatesAreEntered_OuterBeforeInnerAndFirstBeforeLast_AfterTheContent()
    {
        var run = Said(
            """
            <state id="a"><transition event="e" target="r1 l1"><log label="say: content"/></transition></state>
            <parallel id="p">{p}
              <state id="l">{l}<state id="l0"/><state id="l1">{l1}</state></state>
              <state id="r">{r}<state id="r0"/><state id="r1">{r1}</state></state>
            </parallel>
            """,
            "e");

        Assert.That(run, Is.EqualTo("content +p +l +l1 +r +r1"));
    }

    [Test]
    public void W3C_Test407_ExitHandlers_RunWhenTheStateIsLeft()
    {
        Assert.That(
            Said("""<state id="a">{a}<transition event="e" target="b"/></state><state id="b">{b}</state>""", "e"),
            Is.EqualTo("+a -a +b"));
    }

    [Test]
    public void W3C_Test409_AState_IsInactiveOnceItWasLeft()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><onexit><log label="say" expr="In('a') + '/' + In('b')"/></onexit>
              <transition event="e" target="c"><log label="say" expr="In('a') + '/' + In('b')"/></transition>
              <state id="b"><onexit><log label="say" expr="In('a') + '/' + In('b')"/></onexit></state>
            </state>
            <state id="c"/>
            """,
            "e");

        Assert.That(run.Said, Is.EqualTo("true/true true/false false/false"));
    }

    [Test]
    public void W3C_Test411_AState_IsActiveBeforeItsEntryHandlersRun()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><onentry><log label="say" expr="In('a') + '/' + In('b')"/></onentry>
              <state id="b"><onentry><log label="say" expr="In('a') + '/' + In('b')"/></onentry></state>
            </state>
            """);

        Assert.That(run.Said, Is.EqualTo("true/false true/true"));
    }

    [Test]
    public void AppendixD_TheTransitionsOfAMicrostep_AreSelectedBeforeAnyOfThemRuns()
    {
        var run = RuleRun.Of(
            """
            <datamodel><data id="x" expr="0"/></datamodel>
            <parallel id="p">
              <state id="l"><transition event="e"><assign location="x" expr="1"/></transition></state>
              <state id="r"><transition event="e" cond="x == 0"><log label="say: before"/></transition>
                <transition event="e"><log label="say: after"/></transition></state>
            </parallel>
            """,
            "e");

        Assert.That(run.Said, Is.EqualTo("before"));
    }

    [Test]
    public void AppendixD_ATransitionToSeveralRegions_LeavesTheOtherRegionsToTheirDefaults()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><transition event="e" target="l2 r2"/></state>
            <parallel id="p">
              <state id="l"><state id="l1"/><state id="l2"/></state>
              <state id="m"><state id="m1"/><state id="m2"/></state>
              <state id="r"><state id="r1"/><state id="r2"/></state>
            </parallel>
            """,
            "e");

        Assert.That(run.State, Is.EqualTo("l2,m1,r2"));
    }

    // {x} stands for handlers that say when state x is entered and left.
    private static string Said(string inside, params string[] events)
    {
        foreach (var id in new[] { "a", "b", "c", "l", "l1", "l2", "out", "p", "r", "r1", "r2", "s" })
        {
            var handlers = Loud.Replace("{0}", id, StringComparison.Ordinal);
            inside = inside.Replace($"{{{id}}}", handlers, StringComparison.Ordinal);
        }

        return RuleRun.Of(inside, events).Said;
    }
}
