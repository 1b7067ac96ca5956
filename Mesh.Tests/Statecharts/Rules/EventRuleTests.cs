using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Rules;

/// <summary>SCXML sections 3.12 and 3.13: how events are matched, and from which queue they are taken.</summary>
public sealed class EventRuleTests
{
    [TestCase("foo", "foo", true)]
    [TestCase("foo", "foo.bar", true)]
    [TestCase("foo", "foo.bar.baz", true)]
    [TestCase("foo.bar", "foo.bar.baz", true)]
    [TestCase("foo", "foos", false)]
    [TestCase("foo", "Foo", false)]
    [TestCase("foo.bar", "foo", false)]
    [TestCase("foo.bar", "foo.barn", false)]
    [TestCase("foo.*", "foo", true)]
    [TestCase("foo.*", "foo.bar", true)]
    [TestCase("foo.", "foo.bar", true)]
    [TestCase("foo.*", "foos", false)]
    [TestCase("bar foo", "foo.zoo", true)]
    [TestCase("bar foo", "zoo.foo", false)]
    [TestCase("*", "anything.at.all", true)]
    public void W3C_Test399_Descriptors_MatchByWholeTokensFromTheFront(string descriptor, string name, bool matches)
    {
        var run = RuleRun.Of(
            $"""<state id="a"><transition event="{descriptor}" target="b"/></state><state id="b"/>""", name);

        Assert.That(run.State, Is.EqualTo(matches ? "b" : "a"));
    }

    [Test]
    public void W3C_Test396_Transitions_AreMatchedByTheNameOfTheEvent()
    {
        var run = RuleRun.Of(
            """
            <state id="a">
              <onentry><raise event="inner"/></onentry>
              <transition event="other"><log label="say: wrong"/></transition>
              <transition event="inner"><log label="say" expr="_event.name"/></transition>
            </state>
            """);

        Assert.That(run.Said, Is.EqualTo("inner"));
    }

    [Test]
    public void W3C_Test401_Errors_GoIntoTheInternalQueue()
    {
        var run = RuleRun.Of(
            """
            <state id="a">
              <onentry><send event="outer"/><assign location="nobody" expr="1"/></onentry>
              <transition event="*"><log label="say" expr="_event.name"/></transition>
            </state>
            """);

        Assert.That(run.Said, Is.EqualTo("error.execution outer"));
    }

    [Test]
    public void W3C_Test402_Errors_AreTakenInTheirOrderAmongRaisedEvents()
    {
        var run = RuleRun.Of(
            """
            <state id="a">
              <onentry><raise event="one"/><assign location="nobody" expr="1"/></onentry>
              <onentry><raise event="two"/></onentry>
              <transition event="*"><log label="say" expr="_event.name"/></transition>
            </state>
            """);

        Assert.That(run.Said, Is.EqualTo("one error.execution two"));
    }

    [Test]
    public void W3C_Test402_Errors_AreMatchedByTheirFirstToken()
    {
        var run = RuleRun.Of(
            """
            <state id="a">
              <onentry><assign location="nobody" expr="1"/></onentry>
              <transition event="error" target="pass"/>
            </state>
            <state id="pass"/>
            """);

        Assert.That(run.State, Is.EqualTo("pass"));
    }

    [Test]
    public void W3C_Test419_EventlessTransitions_GoBeforeThoseOfEvents()
    {
        var run = RuleRun.Of(
            """
            <state id="a">
              <onentry><raise event="inner"/><send event="outer"/></onentry>
              <transition event="*" target="fail"/>
              <transition target="pass"/>
            </state>
            <state id="pass"/><state id="fail"/>
            """);

        Assert.That(run.State, Is.EqualTo("pass"));
    }

    [Test]
    public void W3C_Test421_InternalEvents_AreAllTakenBeforeAnExternalOne()
    {
        var run = RuleRun.Of(
            """
            <state id="a">
              <onentry>
                <send event="outer"/><raise event="i1"/><raise event="i2"/><raise event="i3"/><raise event="i4"/>
              </onentry>
              <transition event="outer" target="fail"/>
              <transition event="i3" target="b"/>
            </state>
            <state id="b"><transition event="outer" target="fail"/><transition event="i4" target="pass"/></state>
            <state id="pass"/><state id="fail"/>
            """);

        Assert.That(run.State, Is.EqualTo("pass"));
    }

    [Test]
    public void W3C_Test423_ExternalEvents_AreTakenUntilOneEnablesATransition()
    {
        var run = RuleRun.Of(
            """
            <state id="a">
              <onentry><send event="nobody1"/><send event="nobody2"/><send event="late" delay="1s"/></onentry>
              <transition event="late" target="pass"/>
            </state>
            <state id="pass"/>
            """);

        run.Advance(1_000);

        Assert.That(run.State, Is.EqualTo("pass"));
    }

    [Test]
    public void Section313_AnEvent_IsDropped_WhenNoTransitionMatches()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><transition event="go" target="b"/></state>
            <state id="b"><transition event="x" target="a"/></state>
            """,
            "x",
            "go");

        Assert.That(run.State, Is.EqualTo("b"));
    }

    [Test]
    public void Section313_AMacrostep_EndsWithEventlessTransitions_BeforeTheNextEvent()
    {
        var run = RuleRun.Of(
            """
            <datamodel><data id="x" expr="0"/></datamodel>
            <state id="a">
              <transition event="e" target="b"><assign location="x" expr="x + 1"/></transition>
            </state>
            <state id="b"><transition cond="x &lt; 3" target="b"><assign location="x" expr="x + 1"/></transition>
              <transition event="e"><log label="say" expr="x"/></transition></state>
            """,
            "e",
            "e");

        Assert.That(run.Said, Is.EqualTo("3"));
    }

    [Test]
    public void Section313_ARaisedEvent_IsTakenOnce_WhenNothingMatchesIt()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><onentry><raise event="lost"/></onentry><transition event="go" target="b"/></state>
            <state id="b"><transition event="lost" target="fail"/></state>
            <state id="fail"/>
            """,
            "go");

        Assert.That(run.State, Is.EqualTo("b"));
    }
}
