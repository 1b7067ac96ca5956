using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Rules;

/// <summary>SCXML section 4: executable content.</summary>
public sealed class ContentRuleTests
{
    [Test]
    public void W3C_Test144_Raise_PutsEventsInTheInternalQueueInTheirOrder()
    {
        var run = RuleRun.Of(
            """
            <state id="a">
              <onentry><raise event="one"/><raise event="two"/></onentry>
              <transition event="*"><log label="say" expr="_event.name"/></transition>
            </state>
            """);

        Assert.That(run.Said, Is.EqualTo("one two"));
    }

    [TestCase("true", "true", "first")]
    [TestCase("false", "true", "second")]
    [TestCase("true", "false", "first")]
    public void W3C_Test147_If_RunsTheFirstBranchThatIsTrue(string first, string second, string expected)
    {
        Assert.That(Branches(first, second), Is.EqualTo(expected));
    }

    [Test]
    public void W3C_Test148_Else_RunsWhenNoConditionIsTrue()
    {
        Assert.That(Branches("false", "false"), Is.EqualTo("third"));
    }

    [Test]
    public void W3C_Test149_If_RunsNothing_WhenNoConditionIsTrueAndThereIsNoElse()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><onentry>
              <if cond="false"><log label="say: first"/><elseif cond="false"/><log label="say: second"/></if>
              <log label="say: behind"/>
            </onentry></state>
            """);

        Assert.That(run.Said, Is.EqualTo("behind"));
    }

    [Test]
    public void W3C_Test150_Foreach_DeclaresItsItem_WhenThereIsNoSuchVariable()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><onentry><foreach array="[1, 2]" item="made"/></onentry>
              <transition event="ask"><log label="say" expr="made"/></transition></state>
            """,
            "ask");

        Assert.That(run.Said, Is.EqualTo("2"));
    }

    [Test]
    public void W3C_Test151_Foreach_DeclaresItsIndex_WhenThereIsNoSuchVariable()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><onentry><foreach array="['x', 'y', 'z']" item="each" index="place"/></onentry>
              <transition event="ask"><log label="say" expr="place"/></transition></state>
            """,
            "ask");

        Assert.That(run.Said, Is.EqualTo("2"));
    }

    [TestCase("item", "null")]
    [TestCase("index", "null")]
    public void Section46_Foreach_DeclaresItsVariables_WhenTheArrayIsEmpty(string which, string expected)
    {
        var run = RuleRun.Of(
            $"""
            <state id="a"><onentry><foreach array="[]" item="item" index="index"/></onentry>
              <transition event="ask"><log label="say" expr="'' + {which}"/></transition></state>
            """,
            "ask");

        Assert.That(run.Said, Is.EqualTo(expected));
    }

    [Test]
    public void Section46_Foreach_LeavesItsVariablesAlone_WhenTheArrayIsEmpty()
    {
        var run = RuleRun.Of(
            """
            <datamodel><data id="item" expr="5"/><data id="index" expr="6"/></datamodel>
            <state id="a"><onentry>
              <foreach array="[]" item="item" index="index"/><log label="say" expr="item + index"/>
            </onentry></state>
            """);

        Assert.That(run.Said, Is.EqualTo("11"));
    }

    [TestCase("5")]
    [TestCase("null")]
    [TestCase("{'a': 1}")]
    public void W3C_Test152_Foreach_IsAnError_WhenItGoesOverNoArray(string array)
    {
        var run = RuleRun.Of(
            $"""
            <state id="a"><onentry><foreach array="{array}" item="each"><log label="say: inside"/></foreach></onentry>
              <transition event="error.execution" target="pass"/></state>
            <state id="pass"/>
            """);

        Assert.That((run.State, run.Said), Is.EqualTo(("pass", "")));
    }

    [Test]
    public void W3C_Test152_Foreach_IsRefused_WhenItsItemIsNoNameOfAVariable()
    {
        Assert.That(
            RuleRun.Refusal("<state id='a'><onentry><foreach array='[1]' item='continue'/></onentry></state>"),
            Is.EqualTo("'continue' is no name of a variable"));
    }

    [Test]
    public void W3C_Test153_Foreach_GoesFromTheFirstToTheLast()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><onentry>
              <foreach array="['x', 'y', 'z']" item="each" index="place">
                <log label="say" expr="place + each"/></foreach>
            </onentry></state>
            """);

        Assert.That(run.Said, Is.EqualTo("0x 1y 2z"));
    }

    [Test]
    public void W3C_Test155_Foreach_RunsAllItsContentForEachItem()
    {
        var run = RuleRun.Of(
            """
            <datamodel><data id="sum" expr="0"/></datamodel>
            <state id="a"><onentry>
              <foreach array="[1, 2, 3]" item="each">
                <assign location="sum" expr="sum + each"/><assign location="sum" expr="sum * 2"/>
              </foreach>
              <log label="say" expr="sum"/>
            </onentry></state>
            """);

        Assert.That(run.Said, Is.EqualTo("22"));
    }

    [Test]
    public void W3C_Test156_Foreach_EndsWithItsBlock_WhenItsContentIsAnError()
    {
        var run = RuleRun.Of(
            """
            <state id="a">
              <onentry>
                <foreach array="[1, 2, 3]" item="each">
                  <log label="say" expr="each"/><if cond="each == 2"><assign location="nobody" expr="1"/></if>
                </foreach>
                <log label="say: behind"/>
              </onentry>
              <transition event="error.execution"><log label="say: error"/></transition>
            </state>
            """);

        Assert.That(run.Said, Is.EqualTo("1 2 error"));
    }

    [Test]
    public void W3C_Test158_Content_RunsInDocumentOrder()
    {
        var run = RuleRun.Of(
            """
            <state id="a">
              <onentry><raise event="e1"/><log label="say: between"/><raise event="e2"/></onentry>
              <transition event="*"><log label="say" expr="_event.name"/></transition>
            </state>
            """);

        Assert.That(run.Said, Is.EqualTo("between e1 e2"));
    }

    [TestCase("<assign location='x' expr='nobody'/>")]
    [TestCase("<send event='e' target='!'/>")]
    [TestCase("<if cond='nobody'><log label='say: inside'/></if>")]
    [TestCase("<log expr='1 / 0'/>")]
    public void W3C_Test159_Content_StopsAtAnError(string wrong)
    {
        var run = RuleRun.Of(
            $"""
            <datamodel><data id="x" expr="0"/></datamodel>
            <state id="a">
              <onentry><log label="say: before"/>{wrong}<log label="say: behind"/></onentry>
              <transition event="error.execution"><log label="say: error"/></transition>
            </state>
            """);

        Assert.That(run.Said, Is.EqualTo("before error"));
    }

    [Test]
    public void W3C_Test525_Foreach_GoesOverACopy()
    {
        var run = RuleRun.Of(
            """
            <datamodel><data id="list">[1, 2, 3]</data></datamodel>
            <state id="a"><onentry>
              <foreach array="list" item="each">
                <assign location="list[list.length]" expr="each * 10"/><assign location="each" expr="0"/>
              </foreach>
              <foreach array="list" item="each"><log label="say" expr="each"/></foreach>
            </onentry></state>
            """);

        Assert.That(run.Said, Is.EqualTo("1 2 3 10 20 30"));
    }

    [TestCase("")]
    [TestCase("<assign location='x' expr='1'/>")]
    public void Section46_Foreach_IsAnError_WhenLoopsInLoopsRunAMillionTimes(string content)
    {
        var many = string.Join(',', Enumerable.Repeat(0, 1_100));

        var run = RuleRun.Of(
            $"""
            <datamodel><data id="x"/><data id="list">[{many}]</data></datamodel>
            <state id="a">
              <onentry>
                <foreach array="list" item="i"><foreach array="list" item="j">{content}</foreach></foreach>
              </onentry>
              <onentry><log label="say: the next block"/></onentry>
              <transition event="error.execution"><log label="say" expr="_event.data.message"/></transition>
            </state>
            """);

        Assert.That(run.Said, Is.EqualTo("the next block more than 1000000 elements ran in one block"));
    }

    [Test]
    public void Section47_Log_ChangesNothing()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><onentry><log/><log label="say" expr="'x'"/><log expr="{'k': [1]}"/></onentry></state>
            """);

        Assert.That(
            run.Spy, Is.EqualTo(new[]
            {
                "START", "ENTRY_SIGNAL:a", "", "say: x", """{"k":[1]}""", "<- Queued:(0) Deferred:(0)",
            }));
    }

    [Test]
    public void W3C_Test487_Assign_IsAnError_WhenItsValueCannotBeEvaluated()
    {
        var run = RuleRun.Of(
            """
            <datamodel><data id="x" expr="1"/></datamodel>
            <state id="a">
              <onentry><assign location="x" expr="nobody + 1"/></onentry>
              <transition event="error.execution" cond="x == 1" target="pass"/>
            </state>
            <state id="pass"/>
            """);

        Assert.That(run.State, Is.EqualTo("pass"));
    }

    [Test]
    public void W3C_Test288_Assign_TakesTheValueThatStandsInIt()
    {
        var run = RuleRun.Of(
            """
            <datamodel><data id="x"/></datamodel>
            <state id="a">
              <onentry><assign location="x">{"k": [1, 2]}</assign><log label="say" expr="x.k[1]"/></onentry>
            </state>
            """);

        Assert.That(run.Said, Is.EqualTo("2"));
    }

    [TestCase("script")]
    [TestCase("invoke")]
    public void Section4_Content_IsRefusedWhereItIsRead_WhenItIsNotSupported(string name)
    {
        Assert.That(
            RuleRun.Refusal($"<state id='a'><onentry><{name}/></onentry></state>"),
            Does.StartWith($"<{name}> is refused"));
    }

    private static string Branches(string first, string second)
    {
        return RuleRun.Of(
            $"""
            <state id="a"><onentry>
              <if cond="{first}"><log label="say: first"/>
              <elseif cond="{second}"/><log label="say: second"/>
              <else/><log label="say: third"/></if>
            </onentry></state>
            """).Said;
    }
}
