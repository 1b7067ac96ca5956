using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Rules;

/// <summary>SCXML section 6 and appendix C.1: send and cancel.</summary>
public sealed class SendRuleTests
{
    [Test]
    public void W3C_Test172_EventExpr_NamesTheEventWhenTheSendRuns()
    {
        Assert.That(
            SaidOf("<assign location='x' expr=\"'made'\"/><send eventexpr=\"x + '.it'\"/>", "_event.name"),
            Is.EqualTo("made.it"));
    }

    [Test]
    public void W3C_Test173_TargetExpr_NamesTheTargetWhenTheSendRuns()
    {
        Assert.That(
            SaidOf("<assign location='x' expr=\"'#_internal'\"/><send event='e' targetexpr='x'/>", "_event.type"),
            Is.EqualTo("internal"));
    }

    [Test]
    public void W3C_Test174_TypeExpr_NamesTheProcessorWhenTheSendRuns()
    {
        Assert.That(
            SaidOf(
                "<assign location='x' expr=\"'http://www.w3.org/TR/scxml/#SCXMLEventProcessor'\"/>"
                + "<send event='e' typeexpr='x'/>",
                "_event.name"),
            Is.EqualTo("e"));
    }

    [TestCase("<send event='late' delayexpr=\"x + 's'\"/>")]
    [TestCase("<send event='late' delay='1s'/>")]
    [TestCase("<send event='late' delay='1000ms'/>")]
    [TestCase("<send event='late' delay='.5s'/><send event='late' delay='1.5s'/><cancel sendid='none'/>")]
    public void W3C_Test175_ADelayedSend_ArrivesAfterItsDelay(string sends)
    {
        var run = Waiting($"<assign location='x' expr='1'/>{sends}");

        run.Advance(499);
        var before = run.Said;
        run.Advance(501);

        Assert.That((before, run.Said), Is.EqualTo(("", "late")));
    }

    [Test]
    public void W3C_Test185_ADelayedSend_LetsOthersGoFirst()
    {
        var run = Waiting("<send event='late' delay='1s'/><send event='soon'/>");

        run.Advance(1_000);

        Assert.That(run.Said, Is.EqualTo("soon late"));
    }

    [Test]
    public void Section62_DelayedSends_ArriveInTheOrderOfTheirTimes()
    {
        var run = Waiting(
            "<send event='third' delay='3s'/><send event='first' delay='1s'/><send event='second' delay='2s'/>");

        run.Advance(5_000);

        Assert.That(run.Said, Is.EqualTo("first second third"));
    }

    [Test]
    public void W3C_Test348_TheEventOfASend_IsTheNameOfTheEvent()
    {
        Assert.That(SaidOf("<send event='s0.Event'/>", "_event.name"), Is.EqualTo("s0.Event"));
    }

    [TestCase("<send event='e' namelist='x'/>", "_event.data.x", "1")]
    [TestCase("<send event='e'><param name='p' expr='x'/></send>", "_event.data.p", "1")]
    [TestCase("<send event='e'><content expr='[x]'/></send>", "_event.data", "[1]")]
    public void W3C_Test176_Data_AreThoseOfTheMomentOfTheSend(string send, string read, string expected)
    {
        Assert.That(
            SaidOf($"<assign location='x' expr='1'/>{send}<assign location='x' expr='2'/>", read),
            Is.EqualTo(expected));
    }

    [Test]
    public void W3C_Test178_TheLastOfTwoParams_IsTaken_WhenTheyHaveOneName()
    {
        Assert.That(
            SaidOf(
                "<send event='e'><param name='p' expr='1'/><param name='p' expr='2'/></send>", "_event.data"),
            Is.EqualTo("""{"p":2}"""));
    }

    [Test]
    public void W3C_Test179_Content_IsTheBodyOfTheMessage()
    {
        Assert.That(SaidOf("<send event='e'><content>123</content></send>", "_event.data"), Is.EqualTo("123"));
    }

    [Test]
    public void W3C_Test183_IdLocation_GetsANewIdOfEachSend()
    {
        var run = Waiting(
            """
            <send event="one" idlocation="x"/><assign location="y" expr="x"/><send event="two" idlocation="x"/>
            <log label="say" expr="x != null &amp;&amp; y != null &amp;&amp; x != y"/>
            """);

        Assert.That(run.Said, Is.EqualTo("true one two"));
    }

    [Test]
    public void W3C_Test186_ADelayedSend_CarriesTheDataOfTheMomentOfTheSend()
    {
        var run = RuleRun.Of(
            """
            <datamodel><data id="x" expr="1"/></datamodel>
            <state id="a">
              <onentry><send event="late" delay="1s" namelist="x"/><assign location="x" expr="2"/></onentry>
              <transition event="late"><log label="say" expr="_event.data.x + '/' + x"/></transition>
            </state>
            """);

        run.Advance(1_000);

        Assert.That(run.Said, Is.EqualTo("1/2"));
    }

    [Test]
    public void W3C_Test187_ADelayedSend_IsForgotten_WhenTheChartEndsBefore()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><onentry><send event="late" delay="1s"/></onentry><transition event="e" target="end"/></state>
            <final id="end"/>
            """);
        var before = run.PendingTimerCount;

        run.Post("e");

        Assert.That((before, run.PendingTimerCount), Is.EqualTo((1, 0)));
    }

    [Test]
    public void W3C_Test189_TheTargetInternal_IsTheInternalQueue()
    {
        Assert.That(
            Waiting("<send event='outer'/><send event='inner' target='#_internal'/>").Said,
            Is.EqualTo("inner outer"));
    }

    [Test]
    public void W3C_Test189_ASendToTheInternalQueue_CannotBeDelayed()
    {
        Assert.That(Waiting("<send event='e' target='#_internal' delay='1s'/>").Said, Is.EqualTo("error.execution"));
    }

    [Test]
    public void W3C_Test190_TheTargetOfTheOwnSession_IsTheExternalQueue()
    {
        Assert.That(
            Waiting("<send event='outer' targetexpr=\"'#_scxml_' + _sessionid\"/><raise event='inner'/>").Said,
            Is.EqualTo("inner outer"));
    }

    [Test]
    public void W3C_Test193_ASendWithoutATarget_GoesIntoTheExternalQueue()
    {
        Assert.That(Waiting("<send event='outer'/><raise event='inner'/>").Said, Is.EqualTo("inner outer"));
    }

    [TestCase("nowhere")]
    [TestCase("http://example.org/")]
    public void W3C_Test194_ATargetThatIsNone_IsAnErrorOfExecution(string target)
    {
        Assert.That(
            Waiting($"<send event='e' target='{target}'/><log label='say: behind'/>").Said,
            Is.EqualTo("error.execution"));
    }

    [Test]
    public void W3C_Test198_ASendWithoutAType_GoesByTheProcessorOfScxml()
    {
        Assert.That(
            SaidOf("<send event='e'/>", "_event.origintype"),
            Is.EqualTo("http://www.w3.org/TR/scxml/#SCXMLEventProcessor"));
    }

    [Test]
    public void W3C_Test199_ATypeThatIsNone_IsAnErrorOfExecution()
    {
        Assert.That(
            Waiting("<send event='e' type='pigeon'/><log label='say: behind'/>").Said, Is.EqualTo("error.execution"));
    }

    [TestCase("http://www.w3.org/TR/scxml/#SCXMLEventProcessor")]
    [TestCase("http://www.w3.org/TR/scxml/")]
    [TestCase("scxml")]
    public void W3C_Test200_TheProcessorOfScxml_IsThere(string type)
    {
        Assert.That(Waiting($"<send event='e' type='{type}'/>").Said, Is.EqualTo("e"));
    }

    [Test]
    public void W3C_Test201_SendingByHttp_IsRefusedWhereItIsRead()
    {
        Assert.That(
            RuleRun.Refusal(
                "<state id='a'><onentry>"
                + "<send event='e' type='http://www.w3.org/TR/scxml/#BasicHTTPEventProcessor'/></onentry></state>"),
            Does.StartWith("sending by HTTP"));
    }

    [Test]
    public void W3C_Test205_TheMessage_ArrivesAsItWasSent()
    {
        Assert.That(
            SaidOf(
                "<send event='e'><param name='p' expr=\"[1, {'k': 'v'}]\"/><param name='q' expr='null'/></send>",
                "_event.data"),
            Is.EqualTo("""{"p":[1,{"k":"v"}],"q":null}"""));
    }

    [Test]
    public void W3C_Test208_Cancel_EndsADelayedSend()
    {
        var run = Waiting(
            "<send event='never' delay='1s' id='it'/><send event='late' delay='1s' id='other'/><cancel sendid='it'/>");

        run.Advance(2_000);

        Assert.That(run.Said, Is.EqualTo("late"));
    }

    [Test]
    public void Section63_Cancel_EndsAllSendsOfTheId()
    {
        var run = Waiting(
            "<send event='never' delay='1s' id='it'/><send event='never' delay='2s' id='it'/><cancel sendid='it'/>");

        run.Advance(3_000);

        Assert.That(run.Said, Is.Empty);
    }

    [TestCase("<cancel sendid='nobody'/>")]
    [TestCase("<send event='gone' id='it'/><cancel sendid='it'/>")]
    public void Section63_Cancel_IsSilent_WhenNothingWaits(string content)
    {
        Assert.That(
            Waiting($"{content}<raise event='behind'/>").Said, Does.StartWith("behind").And.Not.Contain("error"));
    }

    [Test]
    public void W3C_Test210_SendIdExpr_NamesWhatIsCancelledWhenItRuns()
    {
        var run = Waiting(
            """
            <send event="never" delay="1s" idlocation="x"/><send event="late" delay="1s" idlocation="y"/>
            <cancel sendidexpr="x"/>
            """);

        run.Advance(2_000);

        Assert.That(run.Said, Is.EqualTo("late"));
    }

    [Test]
    public void W3C_Test354_Data_ComeFromNamesParamsOrContent()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                SaidOf(
                    """
                    <assign location="x" expr="1"/><assign location="y" expr="2"/>
                    <send event="e" namelist="x y"><param name="p" expr="3"/><param name="q" location="x"/></send>
                    """,
                    "_event.data"),
                Is.EqualTo("""{"x":1,"y":2,"p":3,"q":1}"""));
            Assert.That(
                SaidOf("<send event='e'><content>some   text</content></send>", "_event.data"),
                Is.EqualTo("some text"));
            Assert.That(SaidOf("<send event='e'/>", "_event.data == null"), Is.EqualTo("true"));
        }
    }

    [Test]
    public void W3C_Test495_TheProcessorOfScxml_PutsEventsInTheQueueOfTheirTarget()
    {
        Assert.That(
            Waiting(
                """
                <send event="outer" type="http://www.w3.org/TR/scxml/#SCXMLEventProcessor"/>
                <send event="inner" type="http://www.w3.org/TR/scxml/#SCXMLEventProcessor" target="#_internal"/>
                """).Said,
            Is.EqualTo("inner outer"));
    }

    [TestCase("#_scxml_nobody")]
    [TestCase("#_parent")]
    [TestCase("#_child")]
    public void W3C_Test496_ASessionThatCannotBeReached_IsAnErrorOfCommunication(string target)
    {
        Assert.That(
            Waiting($"<send event='e' target='{target}'/><log label='say: behind'/>").Said,
            Is.EqualTo("behind error.communication"));
    }

    [Test]
    public void W3C_Test521_AnErrorOfCommunication_HasTheIdOfTheSend()
    {
        Assert.That(
            SaidOf("<send event='e' target='#_scxml_nobody' id='it'/>", "_event.name + ' ' + _event.sendid"),
            Is.EqualTo("error.communication it"));
    }

    [TestCase("<send event='e' namelist='nobody'/>")]
    [TestCase("<send event='e'><param name='p' expr='nobody'/></send>")]
    [TestCase("<send event='e'><content expr='nobody'/></send>")]
    public void W3C_Test553_ASendWhoseDataCannotBeEvaluated_IsNotMade(string send)
    {
        Assert.That(Waiting(send).Said, Is.EqualTo("error.execution"));
    }

    [Test]
    public void W3C_Test560_NamesAndParams_AreMembersOfTheData()
    {
        Assert.That(
            SaidOf("<send event='e'><param name='p' expr='7'/></send>", "_event.data.p"), Is.EqualTo("7"));
    }

    [Test]
    public void W3C_Test562_TextOfContent_HasSingleSpaces()
    {
        Assert.That(
            SaidOf("<send event='e'><content>\n this is\n  a  text\n</content></send>", "_event.data"),
            Is.EqualTo("this is a text"));
    }

    [Test]
    public void W3C_Test578_JsonOfContent_IsAValue()
    {
        Assert.That(
            SaidOf("<send event='e'><content>{ \"product\": \"bike\" }</content></send>", "_event.data.product"),
            Is.EqualTo("bike"));
    }

    [TestCase("delay", "<send event='e' delay='soon'/>")]
    [TestCase("event", "<send/>")]
    [TestCase("both", "<send event='e' eventexpr='x'/>")]
    [TestCase("both", "<send event='e' target='x' targetexpr='x'/>")]
    [TestCase("both", "<send event='e' delay='1s' delayexpr='x'/>")]
    [TestCase("both", "<send event='e' id='x' idlocation='x'/>")]
    [TestCase("both", "<send event='e' namelist='x'><content>1</content></send>")]
    [TestCase("either", "<cancel/>")]
    [TestCase("either", "<cancel sendid='a' sendidexpr='x'/>")]
    public void Section62_ASend_IsRefusedWhereItIsRead_WhenItsAttributesDoNotGoTogether(string word, string send)
    {
        Assert.That(RuleRun.Refusal($"<state id='a'><onentry>{send}</onentry></state>"), Does.Contain(word));
    }

    // A chart that says the name of each event.
    private static RuleRun Waiting(string content) => RuleRun.Of(
        $"""
        <datamodel><data id="x"/><data id="y"/></datamodel>
        <state id="a"><onentry>{content}</onentry>
          <transition event="*"><log label="say" expr="_event.name"/></transition></state>
        """);

    // What an expression is when the event comes that the content makes.
    private static string SaidOf(string content, string expression) => RuleRun.Of(
        $"""
        <datamodel><data id="x"/><data id="y"/></datamodel>
        <state id="a"><onentry>{content}</onentry>
          <transition event="*"><log label="say" expr="{expression}"/></transition></state>
        """).Said;
}
