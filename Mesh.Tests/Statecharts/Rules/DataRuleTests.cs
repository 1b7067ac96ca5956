using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Rules;

/// <summary>SCXML section 5: data, conditions, done data.</summary>
public sealed class DataRuleTests
{
    [Test]
    public void W3C_Test277_DataThatCannotBeEvaluated_IsEmptyAndAnError()
    {
        var run = RuleRun.Of(
            """
            <datamodel><data id="x" expr="nobody"/></datamodel>
            <state id="a"><transition event="error.execution" cond="x == null"><log label="say: error"/>
              <assign location="x" expr="1"/><log label="say" expr="x"/></transition></state>
            """);

        Assert.That(run.Said, Is.EqualTo("error 1"));
    }

    [Test]
    public void W3C_Test278_DataOfAState_AreSeenEverywhere()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><onentry><log label="say" expr="x"/></onentry></state>
            <state id="b"><datamodel><data id="x" expr="7"/></datamodel></state>
            """);

        Assert.That(run.Said, Is.EqualTo("7"));
    }

    [Test]
    public void W3C_Test279_EarlyBinding_GivesAllDataTheirValuesAtTheStart()
    {
        var run = RuleRun.With(
            "binding=\"early\"",
            """
            <state id="a"><onentry><log label="say" expr="x"/></onentry><transition event="e" target="b"/></state>
            <state id="b"><datamodel><data id="x" expr="1"/></datamodel><onentry><log label="say" expr="x"/></onentry>
              <transition event="e" target="b"><assign location="x" expr="x + 1"/></transition></state>
            """,
            "e",
            "e");

        Assert.That(run.Said, Is.EqualTo("1 1 2"));
    }

    [Test]
    public void W3C_Test280_LateBinding_GivesDataTheirValuesWhenTheStateIsFirstEntered()
    {
        var run = RuleRun.With(
            "binding=\"late\"",
            """
            <datamodel><data id="y" expr="5"/></datamodel>
            <state id="a"><onentry><log label="say" expr="x == null"/><log label="say" expr="y"/></onentry>
              <transition event="e" target="b"/></state>
            <state id="b"><datamodel><data id="x" expr="1"/></datamodel><onentry><log label="say" expr="x"/></onentry>
              <transition event="e" target="b"><assign location="x" expr="9"/></transition></state>
            """,
            "e",
            "e");

        Assert.That(run.Said, Is.EqualTo("true 5 1 9"));
    }

    [Test]
    public void Section53_Data_AreEvaluatedInDocumentOrder()
    {
        var run = RuleRun.Of(
            """
            <datamodel><data id="x" expr="2"/><data id="y" expr="x * 3"/></datamodel>
            <state id="a"><datamodel><data id="z" expr="x + y"/></datamodel>
              <onentry><log label="say" expr="z"/></onentry></state>
            """);

        Assert.That(run.Said, Is.EqualTo("8"));
    }

    [Test]
    public void W3C_Test286_Assign_IsAnError_WhenThereIsNoSuchVariable()
    {
        Assert.That(ErrorOf("<assign location='nobody' expr='1'/>"), Is.EqualTo("error.execution"));
    }

    [Test]
    public void W3C_Test287_Assign_GivesAVariableItsValue()
    {
        Assert.That(ValueOf("", "<assign location='x' expr='1 + 1'/>"), Is.EqualTo("2"));
    }

    [TestCase("x.part", "{'part':1}")]
    [TestCase("x['part']", "{'part':1}")]
    public void W3C_Test452_Assign_GivesAPartItsValue(string location, string expected)
    {
        Assert.That(
            ValueOf(" expr=\"{}\"", $"<assign location=\"{location}\" expr=\"1\"/>"),
            Is.EqualTo(expected.Replace('\'', '"')));
    }

    [TestCase("x.part")]
    [TestCase("x[0]")]
    public void W3C_Test311_Assign_IsAnError_WhenItsLocationIsNone(string location)
    {
        Assert.That(ErrorOf($"<assign location=\"{location}\" expr=\"1\"/>"), Is.EqualTo("error.execution"));
    }

    [TestCase("1 / 0")]
    [TestCase("'a' - 1")]
    [TestCase("nobody.part")]
    public void W3C_Test312_AnExpressionThatCannotBeEvaluated_IsAnError(string expression)
    {
        Assert.That(ErrorOf($"<assign location=\"x\" expr=\"{expression}\"/>"), Is.EqualTo("error.execution"));
    }

    [TestCase("1 +")]
    [TestCase("return")]
    [TestCase("f(x)")]
    public void W3C_Test313_AnExpressionOutsideOfTheGrammar_IsRefusedWhereItIsRead(string expression)
    {
        Assert.That(
            RuleRun.Refusal($"<state id='a'><onentry><log expr='{expression}'/></onentry></state>"),
            Does.StartWith("'expr': "));
    }

    [Test]
    public void W3C_Test314_AnExpression_IsAnErrorOnlyWhenItIsEvaluated()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><transition event="e" target="b"/><transition event="error" target="fail"/></state>
            <state id="b"><onentry><log label="say: b"/><log expr="nobody"/></onentry>
              <transition event="error.execution" target="pass"/></state>
            <state id="pass"/><state id="fail"/>
            """,
            "e");

        Assert.That((run.State, run.Said), Is.EqualTo(("pass", "b")));
    }

    [TestCase("null")]
    [TestCase("0")]
    [TestCase("''")]
    [TestCase("nobody")]
    public void W3C_Test309_AConditionThatIsNotTrue_DoesNotHold(string condition)
    {
        var run = RuleRun.Of(
            $"""
            <state id="a"><transition event="e" cond="{condition}" target="fail"/>
              <transition event="e" target="pass"/></state>
            <state id="pass"/><state id="fail"/>
            """,
            "e");

        Assert.That(run.State, Is.EqualTo("pass"));
    }

    [TestCase("1")]
    [TestCase("'x'")]
    [TestCase("[]")]
    public void W3C_Test449_AConditionThatIsSomething_Holds(string condition)
    {
        var run = RuleRun.Of(
            $"""<state id="a"><transition event="e" cond="{condition}" target="pass"/></state><state id="pass"/>""",
            "e");

        Assert.That(run.State, Is.EqualTo("pass"));
    }

    [Test]
    public void W3C_Test310_In_TellsWhichStatesAreActive()
    {
        var run = RuleRun.Of(
            """
            <parallel id="p">
              <state id="l"><transition event="e" cond="In('r') &amp;&amp; In('p') &amp;&amp; !In('r2')"
                ><log label="say: yes"/></transition></state>
              <state id="r"><state id="r1"/><state id="r2"/></state>
            </parallel>
            """,
            "e");

        Assert.That(run.Said, Is.EqualTo("yes"));
    }

    [Test]
    public void W3C_Test344_AConditionThatCannotBeEvaluated_IsFalseAndAnError()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><transition event="e" cond="nobody.x" target="fail"/>
              <transition event="e" target="b"/></state>
            <state id="b"><transition event="error.execution" target="pass"/></state>
            <state id="pass"/><state id="fail"/>
            """,
            "e");

        Assert.That(run.State, Is.EqualTo("pass"));
    }

    [Test]
    public void W3C_Test436_WithoutADataModel_InIsTheCondition()
    {
        var run = RuleRun.With(
            "datamodel=\"null\"",
            """
            <parallel id="p">
              <state id="l"><state id="l1"><transition event="e" cond="In('r2')" target="fail"/>
                <transition event="e" cond="In('r1')" target="pass"/></state>
                <state id="pass"/><state id="fail"/></state>
              <state id="r"><state id="r1"/><state id="r2"/></state>
            </parallel>
            """,
            "e");

        Assert.That(run.State, Is.EqualTo("pass,r1"));
    }

    [Test]
    public void W3C_Test445_DataWithoutAValue_IsEmpty()
    {
        Assert.That(ValueOf("", "<assign location='x' expr='x == null'/>"), Is.EqualTo("true"));
    }

    [TestCase("[1, 2]", "[1,2]")]
    [TestCase("{\"k\": \"v\"}", "{\"k\":\"v\"}")]
    [TestCase("5", "5")]
    [TestCase("true", "true")]
    public void W3C_Test446_InlineData_AreJson(string inside, string expected)
    {
        Assert.That(Inline(inside), Is.EqualTo(expected));
    }

    [Test]
    public void W3C_Test448_AllContent_SharesOneScope()
    {
        var run = RuleRun.Of(
            """
            <state id="a"><onentry><foreach array="[4]" item="made"/></onentry>
              <transition event="e" target="b"/></state>
            <state id="b"><onentry><log label="say" expr="made"/></onentry></state>
            """,
            "e");

        Assert.That(run.Said, Is.EqualTo("4"));
    }

    [Test]
    public void W3C_Test550_Data_GetTheValueOfTheirExpression()
    {
        Assert.That(ValueOf(" expr=\"1 + 1\"", ""), Is.EqualTo("2"));
    }

    [Test]
    public void W3C_Test551_InlineData_AreTheValue()
    {
        Assert.That(Inline("[3]"), Is.EqualTo("[3]"));
    }

    [Test]
    public void W3C_Test558_InlineData_AreATextWithSingleSpaces_WhenTheyAreNoJson()
    {
        Assert.That(Inline("\n  this is\n\ta  text "), Is.EqualTo("this is a text"));
    }

    [TestCase("<datamodel><data id='x'><books xmlns=''/></data></datamodel><state id='a'/>")]
    [TestCase("<state id='a'><onentry><send event='e'><content><books xmlns=''/></content></send></onentry></state>")]
    public void W3C_Test557_XmlAsAValue_IsRefusedWhereItIsRead(string inside)
    {
        Assert.That(RuleRun.Refusal(inside), Does.EndWith("holds an element; values are JSON or text"));
    }

    [TestCase("early", "true")]
    [TestCase("late", "true")]
    public void W3C_Test307_DataOfAState_MayBeReadBeforeItIsEntered(string binding, string expected)
    {
        var run = RuleRun.With(
            $"binding=\"{binding}\"",
            """
            <state id="a"><onentry><log label="say" expr="x == null"/></onentry></state>
            <state id="b"><datamodel><data id="x"/></datamodel></state>
            """);

        Assert.That(run.Said, Is.EqualTo(expected));
    }

    [TestCase("x &lt; 3 &amp;&amp; x + 1 == 3")]
    [TestCase("[1, x][1] == 2 ? true : false")]
    [TestCase("In('a') and not In('pass')")]
    public void W3C_Test444_AnyExpression_MayBeACondition(string condition)
    {
        var run = RuleRun.Of(
            $"""
            <datamodel><data id="x" expr="2"/></datamodel>
            <state id="a"><transition cond="{condition}" target="pass"/></state><state id="pass"/>
            """);

        Assert.That(run.State, Is.EqualTo("pass"));
    }

    [Test]
    public void W3C_Test552_DataInOtherFiles_AreRefusedWhereTheyAreRead()
    {
        Assert.That(
            RuleRun.Refusal("<datamodel><data id='x' src='file:x'/></datamodel><state id='a'/>"),
            Is.EqualTo("references to other files are refused"));
    }

    [TestCase("<param name='p' expr='1'/>", "{'p':1}")]
    [TestCase("<param name='p' location='x'/>", "{'p':7}")]
    [TestCase("<param name='p' expr='1'/><param name='q' expr='x'/>", "{'p':1,'q':7}")]
    [TestCase("<content>[1, 2]</content>", "[1,2]")]
    public void W3C_Test294_DoneData_AreCarriedByTheDoneEvent(string inside, string expected)
    {
        Assert.That(DoneData(inside), Is.EqualTo(expected.Replace('\'', '"')));
    }

    [Test]
    public void W3C_Test527_DoneData_MayBeTheValueOfAnExpression()
    {
        Assert.That(DoneData("<content expr='x + 1'/>"), Is.EqualTo("8"));
    }

    [Test]
    public void W3C_Test528_DoneDataThatCannotBeEvaluated_AreEmptyAndAnError()
    {
        Assert.That(DoneData("<content expr='nobody'/>"), Is.EqualTo("error.execution null"));
    }

    [Test]
    public void W3C_Test529_DoneData_MayStandInTheContent()
    {
        Assert.That(DoneData("<content>21</content>"), Is.EqualTo("21"));
    }

    [TestCase("<param name='p' location='nobody'/>")]
    [TestCase("<param name='p' location='x.y.z'/>")]
    public void W3C_Test298_AParamOfALocationThatIsNone_IsAnErrorAndLeftAway(string inside)
    {
        Assert.That(DoneData(inside + "<param name='q' expr='1'/>"), Is.EqualTo("""error.execution {"q":1}"""));
    }

    [TestCase("<param name='p' expr='nobody'/>")]
    [TestCase("<param name='p' expr='1 / 0'/>")]
    public void W3C_Test343_AParamThatCannotBeEvaluated_IsAnErrorAndLeftAway(string inside)
    {
        Assert.That(DoneData(inside), Is.EqualTo("error.execution {}"));
    }

    [Test]
    public void W3C_Test488_TheErrorOfAParam_ComesBeforeTheDoneEvent()
    {
        Assert.That(DoneData("<param name='p' expr='nobody'/>"), Does.StartWith("error.execution "));
    }

    // The errors, then what the done event carries.
    private static string DoneData(string inside)
    {
        return RuleRun.Of(
            $"""
            <datamodel><data id="x" expr="7"/></datamodel>
            <state id="s" initial="end">
              <final id="end"><donedata>{inside}</donedata></final>
              <transition event="error"><log label="say" expr="_event.name"/></transition>
              <transition event="done.state.s"><log label="say" expr="_event.data"/></transition>
            </state>
            """).Said;
    }

    private static string Inline(string inside) => RuleRun.Of(
        $"""
        <datamodel><data id="x">{inside}</data></datamodel>
        <state id="a"><onentry><log label="say" expr="x"/></onentry></state>
        """).Said;

    private static string ValueOf(string attributes, string content) => RuleRun.Of(
        $"""
        <datamodel><data id="x"{attributes}/></datamodel>
        <state id="a"><onentry>{content}<log label="say" expr="x"/></onentry></state>
        """).Said;

    private static string ErrorOf(string content) => RuleRun.Of(
        $"""
        <datamodel><data id="x" expr="5"/></datamodel>
        <state id="a"><onentry>{content}<log label="say: behind"/></onentry>
          <transition event="*"><log label="say" expr="_event.name"/></transition></state>
        """).Said;
}
