using Mesh.Statecharts.Scxml;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Scxml;

public sealed class ChartReviewTests
{
    private const string Head =
        """<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:mesh="urn:mesh:statecharts:1" initial="a">""" + "\n";
    private const string End = "\n<final id='end'/></scxml>";

    [TestCase("<state id='a'><transition event='e' target='end'/></state>\n<state id='b'/>", 3, 2,
        FindingKind.UnreachableState, "no way leads to state 'b'")]
    [TestCase("<state id='a'><transition event='e' target='end'/><transition event='e.f' target='a'/></state>", 2, 52,
        FindingKind.DeadTransition, "the one in line 2 is always taken before it")]
    [TestCase("<state id='a'><transition event='e' cond='1 &gt; 2' target='a'/><transition event='f' target='end'/>"
        + "</state>", 2, 43, FindingKind.DeadTransition, "the condition never holds")]
    [TestCase("<datamodel><data id='x'/></datamodel><state id='a'>"
        + "<transition event='e' cond='x &lt; 3' target='end'/>\n"
        + "<transition event='e' cond='x &lt; 5' target='a'/></state>", 3, 2,
        FindingKind.Nondeterminism, "may hold together")]
    [TestCase("<state id='a'><state id='b'/><transition event='done.state.a' target='end'/></state>", 2, 49,
        FindingKind.MissingFinal, "state 'a' is never done")]
    [TestCase("<state id='a'><onentry><raise event='go'/></onentry><transition event='gone' target='end'/></state>",
        2, 38, FindingKind.UnusedSignal, "nothing reacts to event 'go'")]
    [TestCase("<state id='a'><transition event='e' cond='y' target='end'/></state>", 2, 43,
        FindingKind.UnknownName, "there is no variable 'y'")]
    [TestCase("<state id='a'><transition event='e' cond=\"In('z')\" target='end'/></state>", 2, 43,
        FindingKind.UnknownName, "there is no state 'z' to be in")]
    [TestCase("<parallel id='a'><state id='l'><transition event='e' target='end'/></state>\n<state id='r'>"
        + "<transition event='e' target='r'/></state></parallel>", 3, 16,
        FindingKind.Nondeterminism, "of another region")]
    [TestCase("<parallel id='a'><state id='l'><final id='le'/></state><state id='r'/>\n"
        + "<transition event='done.state.a' target='end'/></parallel>", 3, 20,
        FindingKind.MissingFinal, "state 'a' is never done: a region has no final state")]
    [TestCase("<state id='a'><transition event='done.state.b' target='end'/></state>", 2, 34,
        FindingKind.UnknownName, "there is no state 'b' to be done")]
    [TestCase("<state id='a'><transition event='e' target='end'/><onentry>\n"
        + "<send event='lost' delay='1s'/></onentry></state>",
        3, 14, FindingKind.UnusedSignal, "nothing reacts to event 'lost'")]
    [TestCase("<state id='a'><transition event='e' target='end'/><onentry>\n"
        + "<mesh:post event='lost'/></onentry></state>",
        3, 19, FindingKind.UnusedSignal, "nothing reacts to event 'lost'")]
    [TestCase("<state id='a'><transition event='e' target='end'/><onentry>\n"
        + "<mesh:subscribe event='x'/></onentry></state>",
        3, 24, FindingKind.UnusedSignal, "nothing reacts to event 'x'")]
    [TestCase("<state id='a'><transition cond='true' target='end'/>\n<transition cond='In(\"a\")' target='a'/></state>",
        3, 2, FindingKind.DeadTransition, "the one in line 2 is always taken before it")]
    [TestCase("<state id='a'><transition event='e' target='end'/><onexit>\n<foreach array='[1]' item='i'>"
        + "<log expr='i + j'/></foreach></onexit></state>", 3, 42,
        FindingKind.UnknownName, "there is no variable 'j'")]
    [TestCase("<datamodel><data id='x' expr='y'/></datamodel><state id='a'>"
        + "<transition event='e' target='end'/></state>",
        2, 31, FindingKind.UnknownName, "there is no variable 'y'")]
    [TestCase("<state id='a'><transition event='e' target='end'/>\n<state id='b'/><state id='c'>"
        + "<transition event='e' target='b'/></state></state>", 3, 17,
        FindingKind.UnreachableState, "no way leads to state 'c'")]
    [TestCase("<state id='a'><transition target='a'/><transition event='e' target='end'/></state>", 2, 16,
        FindingKind.NeverSettles, "leads round to itself")]
    [TestCase("<state id='a'><transition event='e' target='end'/><transition event='f' target='b'/></state>\n"
        + "<state id='b'><transition target='c'/></state>\n<state id='c'><state id='d'/>"
        + "<transition cond='1 == 1' target='b'/></state>", 3, 16,
        FindingKind.NeverSettles, "leads round to itself")]
    [TestCase("<state id='a'><transition cond='true'><log/></transition><transition event='e' target='end'/></state>",
        2, 16, FindingKind.NeverSettles, "leads round to itself")]
    public void Check_Finds(string body, int line, int column, FindingKind kind, string message)
    {
        var findings = ScxmlFile.Parse(Head + body + End).Check().Where(finding => finding.IsMistake).ToList();

        Assert.That(findings, Has.Count.EqualTo(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((findings[0].Kind, findings[0].Position), Is.EqualTo((kind, new TextPosition(line, column))));
            Assert.That(findings[0].Message, Does.Contain(message));
        }
    }

    [TestCase("x &lt; 3", "x &gt;= 3")]
    [TestCase("x &lt; 3", "x == 3")]
    [TestCase("x == 'a'", "x == 'b'")]
    [TestCase("x == 1", "x == 2")]
    [TestCase("x", "!x")]
    [TestCase("x &amp;&amp; x &lt; 0", "x &gt; 5")]
    [TestCase("x != 1", "x == 1")]
    public void Check_SeesThatConditionsExcludeOneAnother(string first, string second)
    {
        var text = $"""
            {Head}<datamodel><data id="x"/></datamodel>
            <state id="a">
              <transition event="e" cond="{first}" target="end"/><transition event="e" cond="{second}" target="a"/>
            </state>{End}
            """;

        Assert.That(ScxmlFile.Parse(text).Check(), Is.Empty);
    }

    [TestCase("<state id='a'><state id='b'/><transition event='e' target='a'/></state>", 3, 16,
        FindingKind.UnreachableState, "no way leads to state 'b'")]
    [TestCase("<state id='a'><transition event='e' target='a'/><transition event='e'/></state>", 3, 50,
        FindingKind.DeadTransition, "the one in line 3 is always taken before it")]
    [TestCase("<state id='a'><transition event='e' mesh:reports='super'/><transition event='e' cond='y'/></state>",
        3, 87,
        FindingKind.UnknownName, "there is no variable 'y'")]
    [TestCase("<state id='a'><transition event='e.f'/><onentry><mesh:post event='e.f.g'/></onentry></state>", 3, 67,
        FindingKind.UnusedSignal, "nothing reacts to event 'e.f.g'")]
    public void Check_Finds_InTheSamekProfile(string body, int line, int column, FindingKind kind, string message)
    {
        var findings = ScxmlFile.Parse(
            $"""
            <scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:mesh="urn:mesh:statecharts:1"
              mesh:profile="samek" initial="a">
            {body}</scxml>
            """).Check();

        Assert.That(findings.Select(each => (each.Kind, each.Position, each.Message, each.IsMistake)), Is.EqualTo(new[]
        {
            (kind, new TextPosition(line, column), findings[0].Message, true),
        }));
        Assert.That(findings[0].Message, Does.Contain(message));
    }

    [TestCase("<state id='a'><transition target='b'/></state><state id='b'><transition cond='x' target='a'/>"
        + "<transition event='e' target='end'/></state>")]
    [TestCase("<state id='a'><transition cond='x' target='end'/><transition target='a'/></state>")]
    [TestCase("<state id='a'><transition target='b'/></state>"
        + "<state id='b'><transition event='e' target='end'/></state>")]
    [TestCase("<parallel id='a'><state id='l'><transition target='l'/></state>"
        + "<state id='r'><transition target='end'/></state></parallel>")]
    public void Check_FindsNoRound_WhenACondOrAnotherRegionMayEndIt(string body)
    {
        var findings = ScxmlFile.Parse(Head + "<datamodel><data id='x'/></datamodel>" + body + End).Check();

        Assert.That(findings.Where(each => each.Kind == FindingKind.NeverSettles), Is.Empty);
    }

    [Test]
    public void Check_OnlyNotes_WhenTheChartNeverEnds()
    {
        var findings = ScxmlFile.Parse(Head + "<state id='a'/></scxml>").Check();

        Assert.That(findings.Select(each => (each.Kind, each.IsMistake)), Is.EqualTo(new[]
        {
            (FindingKind.MissingFinal, false),
        }));
    }

    [Test]
    public void Check_FindsNothing_InTheSamples()
    {
        foreach (var path in Directory.EnumerateFiles(
            Path.Combine(Architecture.RepositoryRoot.Path, "docs", "samples"), "*.scxml"))
        {
            Assert.That(ScxmlFile.Load(path).Check().Where(finding => finding.IsMistake), Is.Empty, path);
        }
    }
}
