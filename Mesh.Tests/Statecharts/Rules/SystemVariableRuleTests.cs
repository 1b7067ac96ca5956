using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Rules;

/// <summary>SCXML section 5.10: the variables of the system.</summary>
public sealed class SystemVariableRuleTests
{
    private const string Processor = "http://www.w3.org/TR/scxml/#SCXMLEventProcessor";

    [Test]
    public void W3C_Test318_Event_StaysUntilTheNextOneIsTaken()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><transition event="one" target="b"/></state>
            <state id="b">
              <onentry><raise event="two"/><log label="say" expr="_event.name"/></onentry>
              <transition target="c"/>
            </state>
            <state id="c"><onentry><log label="say" expr="_event.name"/></onentry>
              <transition event="two"><log label="say" expr="_event.name"/></transition></state>
            """,
            "one");

        Assert.That(run.Said, Is.EqualTo("one one two"));
    }

    [Test]
    public void W3C_Test319_Event_IsEmptyBeforeTheFirstOne()
    {
        Assert.That(
            RuleRun.Of("""<state id="a"><onentry><log label="say" expr="_event == null"/></onentry></state>""").Said,
            Is.EqualTo("true"));
    }

    [TestCase("_sessionid", "_sessionid")]
    [TestCase("_name", "_name")]
    [TestCase("_ioprocessors", "_ioprocessors['scxml']")]
    [TestCase("_x", "_x")]
    public void W3C_Test321_SystemVariables_HaveTheirValuesWhenTheDataGetTheirs(string name, string expression)
    {
        var run = RuleRun.Of(
            $"""
            <datamodel><data id="first" expr="{expression}"/></datamodel>
            <state id="a"><onentry><log label="say" expr="first != null and first == {expression}"/></onentry></state>
            """);

        Assert.That(run.Said, Is.EqualTo("true"), name);
    }

    [Test]
    public void W3C_Test323_Name_IsTheNameOfTheChart()
    {
        Assert.That(
            RuleRun.Of("""<state id="a"><onentry><log label="say" expr="_name"/></onentry></state>""").Said,
            Is.EqualTo("rule"));
    }

    [Test]
    public void W3C_Test321_SessionIds_DifferBetweenCharts()
    {
        const string inside = """<state id="a"><onentry><log label="say" expr="_sessionid"/></onentry></state>""";

        string[] ids = [RuleRun.Of(inside).Said, RuleRun.Of(inside).Said];

        Assert.That(ids, Is.Unique.And.All.StartsWith("s"));
    }

    [TestCase("_sessionid")]
    [TestCase("_name")]
    [TestCase("_ioprocessors")]
    [TestCase("_event")]
    [TestCase("_x")]
    public void W3C_Test329_SystemVariables_CannotBeChanged(string name)
    {
        var run = RuleRun.Of(
            $"""
            <datamodel><data id="before"/></datamodel>
            <state id="a">
              <transition event="e"><assign location="before" expr="{name}"/>
                <assign location="{name}" expr="'other'"/><log label="say: behind"/></transition>
              <transition event="error.execution">
                <log label="say" expr="'{name}' == '_event' ? before.name : before == {name}"/></transition>
            </state>
            """,
            "e");

        Assert.That(run.Said, Is.EqualTo(name == "_event" ? "e" : "true"));
    }

    [TestCase("_event.name")]
    [TestCase("_event.data.part")]
    [TestCase("_ioprocessors.scxml.location")]
    [TestCase("_name")]
    [TestCase("_x.chart")]
    public void W3C_Test346_ChangingASystemVariable_IsAnError(string location)
    {
        var run = RuleRun.Of(
            $"""
            <state id="a">
              <transition event="e"><assign location="{location}" expr="1"/><log label="say: behind"/></transition>
              <transition event="error.execution"><log label="say" expr="_event.name"/></transition>
            </state>
            """);

        run.Post("e", """{"part":0}""");

        Assert.That(run.Said, Is.EqualTo("error.execution"));
    }

    [TestCase("<data id='_mine'/>", "")]
    [TestCase("", "<foreach array='[1]' item='_event'/>")]
    public void Section510_NamesOfTheSystem_AreNoVariables(string data, string content)
    {
        var inside = $"""
            <datamodel>{data}</datamodel>
            <state id="a"><onentry>{content}</onentry><transition event="error.execution" target="pass"/></state>
            <state id="pass"/>
            """;

        if (data.Length > 0)
        {
            Assert.That(RuleRun.Refusal(inside), Is.EqualTo("'_mine' is no name of a variable"));
        }
        else
        {
            Assert.That(RuleRun.Of(inside).State, Is.EqualTo("pass"));
        }
    }

    [TestCase("<raise event='e'/>")]
    [TestCase("<send event='e'/>")]
    [TestCase("<send event='e' target='#_internal'/>")]
    [TestCase("<assign location='nobody' expr='1'/>")]
    public void W3C_Test330_Event_HasAllItsFields(string content)
    {
        var run = RuleRun.Of(
            $"""
            <datamodel><data id="fields"/></datamodel>
            <state id="a"><onentry>{content}</onentry>
              <transition event="*"><assign location="fields" expr="_event"/>
                <assign location="fields.data" expr="0"/><log label="say" expr="fields"/></transition></state>
            """);

        foreach (var field in new[] { "name", "type", "sendid", "origin", "origintype", "invokeid", "data" })
        {
            Assert.That(run.Said, Does.Contain($"\"{field}\":"));
        }
    }

    [TestCase("<raise event='e'/>", "internal")]
    [TestCase("<send event='e' target='#_internal'/>", "internal")]
    [TestCase("<send event='e'/>", "external")]
    [TestCase("<assign location='nobody' expr='1'/>", "platform")]
    [TestCase("<send event='e' target='#_scxml_nobody'/>", "platform")]
    public void W3C_Test331_Type_TellsWhereTheEventComesFrom(string content, string expected)
    {
        Assert.That(Field(content, "type"), Is.EqualTo(expected));
    }

    [Test]
    public void W3C_Test331_Type_OfDoneEventsIsPlatform()
    {
        var run = RuleRun.Of(
            """
            <state id="s" initial="end"><final id="end"/>
              <transition event="done.state.s"><log label="say" expr="_event.type"/></transition></state>
            """);

        Assert.That(run.Said, Is.EqualTo("platform"));
    }

    [TestCase("<send event='e' id='it' target='nowhere'/>")]
    [TestCase("<send event='e' id='it' target='#_scxml_nobody'/>")]
    [TestCase("<send event='e' id='it' type='pigeon'/>")]
    [TestCase("<send event='e' id='it'><param name='p' expr='nobody'/></send>")]
    public void W3C_Test332_SendId_OfAnErrorIsThatOfTheSend(string content)
    {
        Assert.That(Field(content, "sendid"), Is.EqualTo("it"));
    }

    [Test]
    public void W3C_Test332_SendId_OfAnErrorIsTheOneThatWasMade()
    {
        Assert.That(
            Field("<send event='e' idlocation='x' target='nowhere'/>", "sendid == x"), Is.EqualTo("true"));
    }

    [TestCase("<raise event='e'/>")]
    [TestCase("<send event='e'/>")]
    [TestCase("<assign location='nobody' expr='1'/>")]
    public void W3C_Test333_SendId_IsEmptyOtherwise(string content)
    {
        Assert.That(Field(content, "sendid == null"), Is.EqualTo("true"));
    }

    [TestCase("<raise event='e'/>")]
    [TestCase("<send event='e' target='#_internal'/>")]
    [TestCase("<assign location='nobody' expr='1'/>")]
    public void W3C_Test335_Origin_IsEmpty_WhenTheEventIsNotExternal(string content)
    {
        Assert.That(Field(content, "origin == null"), Is.EqualTo("true"));
    }

    [Test]
    public void W3C_Test336_Origin_IsATargetThatLeadsBack()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><onentry><send event="e"/></onentry>
              <transition event="e" target="b"><send event="reply" targetexpr="_event.origin"/></transition></state>
            <state id="b"><transition event="reply" target="pass"/></state>
            <state id="pass"/>
            """);

        Assert.That(run.State, Is.EqualTo("pass"));
    }

    [TestCase("<raise event='e'/>")]
    [TestCase("<assign location='nobody' expr='1'/>")]
    public void W3C_Test337_OriginType_IsEmpty_WhenTheEventIsNotExternal(string content)
    {
        Assert.That(Field(content, "origintype == null"), Is.EqualTo("true"));
    }

    [Test]
    public void W3C_Test339_InvokeId_IsEmpty()
    {
        Assert.That(Field("<send event='e'/>", "invokeid == null"), Is.EqualTo("true"));
    }

    [Test]
    public void W3C_Test342_Name_IsTheNameOfTheEvent()
    {
        Assert.That(Field("<send eventexpr=\"'made' + '.up'\"/>", "name"), Is.EqualTo("made.up"));
    }

    [Test]
    public void W3C_Test349_Origin_IsTheLocationOfTheSender()
    {
        Assert.That(
            Field("<send event='e'/>", $"origin == _ioprocessors['{Processor}'].location"), Is.EqualTo("true"));
    }

    [Test]
    public void W3C_Test350_TheOwnSession_IsATarget()
    {
        Assert.That(
            Field("<send event='e' targetexpr=\"'#_scxml_' + _sessionid\"/>", "name"), Is.EqualTo("e"));
    }

    [TestCase("<send event='e' id='it'/>", "it")]
    [TestCase("<send event='e' id='it' target='#_internal'/>", "it")]
    [TestCase("<send event='e'/>", "")]
    public void W3C_Test351_SendId_IsThatOfTheSendIfItHasOne(string content, string expected)
    {
        Assert.That(Field(content, "sendid == null ? '' : _event.sendid"), Is.EqualTo(expected));
    }

    [Test]
    public void W3C_Test352_OriginType_IsTheProcessorOfScxml()
    {
        Assert.That(Field("<send event='e'/>", "origintype"), Is.EqualTo(Processor));
    }

    [TestCase("scxml")]
    [TestCase(Processor)]
    public void W3C_Test500_IoProcessors_HaveALocation(string processor)
    {
        var run = RuleRun.Of(
            $"""
            <state id="a"><onentry>
              <log label="say" expr="_ioprocessors['{processor}'].location == '#_scxml_' + _sessionid"/>
            </onentry></state>
            """);

        Assert.That(run.Said, Is.EqualTo("true"));
    }

    [Test]
    public void W3C_Test501_TheLocationOfAProcessor_IsATarget()
    {
        Assert.That(
            Field($"<send event='e' targetexpr=\"_ioprocessors['{Processor}'].location\"/>", "name"),
            Is.EqualTo("e"));
    }

    [Test]
    public void W3C_Test569_TheProcessorOfScxml_HasItsEntry()
    {
        Assert.That(
            Field("<send event='e' targetexpr='_ioprocessors.scxml.location'/>", "name"), Is.EqualTo("e"));
    }

    private static string Field(string content, string field) => RuleRun.Of(
        $"""
        <datamodel><data id="x"/></datamodel>
        <state id="a"><onentry>{content}</onentry>
          <transition event="*"><log label="say" expr="_event.{field}"/></transition></state>
        """).Said;
}
