using Mesh.Node.Charts;
using Mesh.Statecharts.Expressions;
using Mesh.Statecharts.Scxml;
using NUnit.Framework;

namespace Mesh.Tests.Node.Charts;

/// <summary>Files of the Scxml profile, run: content, data, errors, sends.</summary>
public sealed class ScxmlFileRunTests
{
    [Test]
    public void Content_RunsInItsOrder()
    {
        var run = Run(
            """
            <datamodel><data id="sum" expr="0"/><data id="list">[1, 2, 3]</data></datamodel>
            <state id="a">
              <transition event="go" target="b">
                <foreach array="list" item="each" index="place">
                  <if cond="each == 2"><assign location="sum" expr="sum + 10 * place"/>
                  <elseif cond="each == 3"/><assign location="sum" expr="sum + 100"/>
                  <else/><assign location="sum" expr="sum + each"/></if>
                </foreach>
                <log label="sum" expr="sum"/>
              </transition>
              <onexit><log expr="'left a'"/></onexit>
            </state>
            <state id="b"><onentry><log expr="'entered b'"/></onentry></state>
            """,
            "go");

        Assert.That(Logs(run, "sum", "left", "entered"), Is.EqualTo(new[] { "left a", "sum: 111", "entered b" }));
    }

    [TestCase("<assign location='nobody' expr='1'/>")]
    [TestCase("<assign location='x.y' expr='1'/>")]
    [TestCase("<assign location='x' expr='1 / 0'/>")]
    [TestCase("<assign location='_event' expr='1'/>")]
    [TestCase("<foreach array='x' item='y'/>")]
    [TestCase("<foreach array='[1]' item='_name'/>")]
    [TestCase("<log expr='nobody'/>")]
    [TestCase("<if cond='nobody'/>")]
    [TestCase("<send event='e' target='nowhere'/>")]
    [TestCase("<send event='e' type='pigeon'/>")]
    [TestCase("<send eventexpr='1'/>")]
    [TestCase("<send event='e' delayexpr=\"'soon'\"/>")]
    [TestCase("<send event='e'><param name='p' expr='nobody'/></send>")]
    [TestCase("<cancel sendidexpr='1'/>")]
    public void Errors_EndTheirBlockAndBecomeEvents(string content)
    {
        var run = Run(
            $"""
            <datamodel><data id="x" expr="0"/></datamodel>
            <state id="a">
              <onentry>{content}<raise event="reached"/></onentry>
              <onentry><raise event="next"/></onentry>
              <transition event="error.execution" target="b"/>
              <transition event="*" target="wrong"/>
            </state>
            <state id="b"><transition event="next" target="good"/><transition event="*" target="wrong"/></state>
            <state id="good"/>
            <state id="wrong"/>
            """);

        Assert.That(run.Configuration, Is.EqualTo(new[] { "good" }));
    }

    [Test]
    public void Conditions_ThatCannotBeEvaluated_DoNotHold()
    {
        var run = Run(
            """
            <state id="a">
              <transition event="go" cond="nobody" target="wrong"/>
              <transition event="go" target="b"/>
            </state>
            <state id="b"><transition event="error.execution" target="good"/></state>
            <state id="good"/>
            <state id="wrong"/>
            """,
            "go");

        Assert.That(run.Configuration, Is.EqualTo(new[] { "good" }));
    }

    [Test]
    public void Data_ThatCannotBeEvaluated_IsAnErrorAtTheStart()
    {
        var run = Run(
            """
            <datamodel><data id="x" expr="1 / 0"/></datamodel>
            <state id="a"><transition event="error.execution" cond="x == null" target="good"/></state>
            <state id="good"/>
            """);

        Assert.That(run.Configuration, Is.EqualTo(new[] { "good" }));
    }

    [TestCase("early", "good")]
    [TestCase("late", "a")]
    public void Binding_SaysWhenDataGetTheirValues(string binding, string expected)
    {
        var run = Run(
            """
            <state id="a"><transition cond="x == 1" target="good"/></state>
            <state id="b"><datamodel><data id="x" expr="1"/></datamodel></state>
            <state id="good"/>
            """,
            attributes: $"binding=\"{binding}\"");

        Assert.That(run.Configuration, Is.EqualTo(new[] { expected }));
    }

    [Test]
    public void Event_TellsWhatItIs()
    {
        var run = Run(
            """
            <state id="a">
              <onentry><raise event="inner"/><send event="sent" id="me"><param name="p" expr="5"/></send></onentry>
              <transition event="inner" cond="_event.name == 'inner' and _event.type == 'internal'" target="b"/>
            </state>
            <state id="b">
              <transition event="sent" target="c"
                cond="_event.type == 'external' &amp;&amp; _event.sendid == 'me' &amp;&amp; _event.data.p == 5"/>
            </state>
            <state id="c">
              <transition event="outer" cond="_event.data == [1, {'k': 'v'}]" target="good"/>
            </state>
            <state id="good"><onentry><log expr="_name + ' ' + In('good') + ' ' + In('a')"/></onentry></state>
            """);
        run.RunUntilIdle();
        Assert.That(DataValue.TryParseJson("""[1,{"k":"v"}]""", out var data), Is.True);

        run.Post("outer", data, isLifo: false);
        run.RunUntilIdle();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Configuration, Is.EqualTo(new[] { "good" }));
            Assert.That(Logs(run, "test"), Is.EqualTo(new[] { "test true false" }));
        }
    }

    [Test]
    public void Sends_WaitAndAreCancelled()
    {
        var run = Run(
            """
            <datamodel><data id="id"/></datamodel>
            <state id="a">
              <onentry>
                <send event="late" delay="2s"/>
                <send event="never" delay="1s" id="x"/>
                <send event="never" delayexpr="'1.5' + 's'" idlocation="id"/>
                <cancel sendid="x"/>
                <cancel sendidexpr="id"/>
              </onentry>
              <transition event="never" target="wrong"/>
              <transition event="late" target="good"/>
            </state>
            <state id="good"/>
            <state id="wrong"/>
            """);

        run.Advance(TimeSpan.FromMilliseconds(1_999));
        var before = run.Configuration;
        run.Advance(TimeSpan.FromMilliseconds(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo(new[] { "a" }));
            Assert.That(run.Configuration, Is.EqualTo(new[] { "good" }));
        }
    }

    [Test]
    public void Send_ToNobody_IsAnErrorOfCommunication()
    {
        var run = Run(
            """
            <state id="a">
              <onentry><send event="e" target="#_scxml_nobody" id="x"/><raise event="next"/></onentry>
              <transition event="error.communication" cond="_event.sendid == 'x'" target="b"/>
            </state>
            <state id="b"><transition event="next" target="good"/></state>
            <state id="good"/>
            """);

        Assert.That(run.Configuration, Is.EqualTo(new[] { "good" }));
    }

    [Test]
    public void DoneData_IsCarriedByTheDoneEvent()
    {
        var run = Run(
            """
            <datamodel><data id="x" expr="7"/></datamodel>
            <state id="a">
              <state id="b"><transition event="go" target="end"/></state>
              <final id="end"><donedata><param name="p" location="x"/></donedata></final>
              <transition event="done.state.a" cond="_event.data.p == 7" target="good"/>
            </state>
            <final id="good"/>
            """,
            "go");

        Assert.That((run.Configuration, run.IsDone), Is.EqualTo((new[] { "good" }, true)));
    }

    [Test]
    public void NullDataModel_KnowsIn()
    {
        var run = Run(
            """
            <parallel id="p">
              <state id="l"><state id="l1"><transition event="e" target="l2"/></state><state id="l2"/></state>
              <state id="r"><state id="r1"><transition cond="In('l2')" target="good"/></state></state>
            </parallel>
            <state id="good"/>
            """,
            "e",
            "datamodel=\"null\"");

        Assert.That(run.Configuration, Is.EqualTo(new[] { "good" }));
    }

    [Test]
    public async Task Traffic_ChangesByItself()
    {
        var answers = await LineClient.AnswersAsync(
            LineClient.Sample("traffic.scxml"),
            """{"op":"event","name":"hurry"}""",
            """{"op":"state"}""",
            """{"op":"advance","ms":2500}""",
            """{"op":"state"}""",
            """{"op":"advance","ms":60000}""",
            """{"op":"state"}""",
            """{"op":"event","name":"hurry"}""");

        Assert.That(
            new[] { 2, 4, 6 }.Select(each => answers[each].GetProperty("config")[0].GetString()),
            Is.EqualTo(new[] { "green", "red", "off" }));
        Assert.That(answers[6].GetProperty("done").GetBoolean(), Is.True);
        Assert.That(answers[7].GetProperty("ok").GetBoolean(), Is.True, "nobody minds events after the end");
    }

    [Test]
    public async Task Player_RemembersItsDeck()
    {
        var answers = await LineClient.AnswersAsync(
            LineClient.Sample("player.scxml"),
            """{"op":"event","name":"play","data":{"track":"one"}}""",
            """{"op":"event","name":"volume.down"}""",
            """{"op":"state"}""",
            """{"op":"event","name":"power"}""",
            """{"op":"event","name":"power"}""",
            """{"op":"state"}""",
            """{"op":"event","name":"stop"}""",
            """{"op":"event","name":"eject"}""",
            """{"op":"state"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers[3].Texts("config"), Is.EqualTo(new[] { "audible", "playing" }));
            Assert.That(answers[6].Texts("config"), Is.EqualTo(new[] { "audible", "playing" }));
            Assert.That(
                (string.Join(' ', answers[9].Texts("config")), answers[9].GetProperty("done").GetBoolean()),
                Is.EqualTo(("off", true)));
        }
    }

    private static ChartRun Run(string states, string? posted = null, string attributes = "")
    {
        var run = new ChartRun(ScxmlFile.Parse(
            $"""<scxml xmlns="http://www.w3.org/2005/07/scxml" name="test" {attributes}>{states}</scxml>"""));
        if (posted is not null)
        {
            run.Post(posted, null, isLifo: false);
        }

        run.RunUntilIdle();
        return run;
    }

    private static IEnumerable<string> Logs(ChartRun run, params string[] beginnings) => run.Spy().Where(
        line => beginnings.Any(each => line.StartsWith(each, StringComparison.Ordinal)));
}
