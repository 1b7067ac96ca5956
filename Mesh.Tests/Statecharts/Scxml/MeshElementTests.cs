using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Scxml;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Scxml;

/// <summary>What the namespace of this project adds to SCXML: one element or attribute each, in both profiles where
/// both have it.</summary>
public sealed class MeshElementTests
{
    private readonly ManualTimeProvider _time = new();

    [Test]
    public void Post_GoesToAnEndOfTheQueue([Values("samek", "scxml")] string profile)
    {
        var lines = Run(
            profile,
            """
            <state id="a">
              <transition event="go"><mesh:post event="x"/><mesh:post event="y" queue="fifo"/>
                <mesh:post event="z" queue="lifo"/></transition>
              <transition event="x"><log expr="'x'"/></transition><transition event="y"><log expr="'y'"/></transition>
              <transition event="z"><log expr="'z'"/></transition>
            </state>
            """,
            "go").Spy();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Only(lines, "POST_"), Is.EqualTo("POST_FIFO:x POST_FIFO:y POST_LIFO:z"));
            Assert.That(lines.Where(line => line is "x" or "y" or "z"), Is.EqualTo(new[] { "z", "x", "y" }));
        }
    }

    [Test]
    public void Defer_PutsTheCurrentEventOrANamedOneAside([Values("samek", "scxml")] string profile)
    {
        var host = Run(
            profile,
            """
            <state id="a"><transition event="go"><mesh:defer/><mesh:defer event="x"/></transition></state>
            """,
            "go");

        Assert.That(
            (Only(host.Spy(), "POST_"), host.DeferredCount), Is.EqualTo(("POST_DEFERRED:go POST_DEFERRED:x", 2)));
    }

    [Test]
    public void Recall_TakesTheOldestBack([Values("samek", "scxml")] string profile)
    {
        var host = Run(
            profile,
            """
            <state id="a">
              <transition event="go"><mesh:defer event="x"/><mesh:defer event="y"/><mesh:recall/></transition>
              <transition event="x" target="b"/><transition event="y" target="a"/>
            </state>
            <state id="b"/>
            """,
            "go");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((host.StateName, host.DeferredCount), Is.EqualTo(("b", 1)));
            Assert.That(Only(host.Spy(), "RECALL"), Is.EqualTo("RECALL:x"));
        }
    }

    [TestCase("samek", "<mesh:scribble text='words  as they are'/>", "words  as they are")]
    [TestCase("scxml", "<mesh:scribble text='words  as they are'/>", "words  as they are")]
    [TestCase("samek", "<mesh:scribble expr=\"1 + '1'\"/>", "11")]
    [TestCase("scxml", "<mesh:scribble expr=\"1 + '1'\"/>", "11")]
    public void Scribble_WritesALine(string profile, string element, string line)
    {
        Assert.That(
            Run(profile, $"<state id='a'><onentry>{element}</onentry></state>").Spy(), Does.Contain(line));
    }

    [Test]
    public void Cancel_EndsAllTimedPostsOfASignal([Values("samek", "scxml")] string profile)
    {
        var host = Run(
            profile,
            """
            <state id="a">
              <onentry>
                <send event="x" mesh:period="1s"/><send event="x" mesh:period="2s"/><send event="y" mesh:period="1s"/>
              </onentry>
              <transition event="go"><mesh:cancel event="x"/></transition>
              <transition event="x"><log expr="'x'"/></transition>
            </state>
            """,
            "go");

        Assert.That(host.TimedPostCount, Is.EqualTo(1));
    }

    [Test]
    public void Cancel_OfItsId_EndsARepeatedSend([Values("samek", "scxml")] string profile)
    {
        var host = Run(
            profile,
            """
            <state id="a">
              <onentry><send event="x" id="it" mesh:period="1s"/><send event="y" mesh:period="1s"/></onentry>
              <transition event="go"><cancel sendid="it"/></transition>
            </state>
            """,
            "go");

        Assert.That(host.TimedPostCount, Is.EqualTo(1));
    }

    [Test]
    public void PublishAndSubscribe_GoByTheBus([Values("samek", "scxml")] string profile)
    {
        var lines = Run(
            profile,
            """
            <state id="a">
              <transition event="go"><mesh:subscribe event="x"/><mesh:subscribe event="y" queue="lifo"/>
                <mesh:publish event="x"/><mesh:publish event="y" priority="7"/></transition>
              <transition event="x"><log expr="'x'"/></transition><transition event="y"><log expr="'y'"/></transition>
            </state>
            """,
            "go").Spy();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Only(lines, "SUBSCRIBING", "PUBLISH"),
                Is.EqualTo(
                    "SUBSCRIBING TO:(x, TYPE:fifo) SUBSCRIBING TO:(y, TYPE:lifo) PUBLISH:(x, PRIORITY:1000) "
                    + "PUBLISH:(y, PRIORITY:7)"));
            Assert.That(lines.Where(line => line is "x" or "y"), Is.EqualTo(new[] { "y", "x" }));
        }
    }

    [TestCase("samek", "", 0, 3)]
    [TestCase("scxml", "", 0, 3)]
    [TestCase("samek", "mesh:times='2'", 0, 2)]
    [TestCase("scxml", "mesh:times='2'", 0, 2)]
    [TestCase("samek", "mesh:times='0'", 0, 3)]
    [TestCase("samek", "mesh:deferred='false'", 1, 4)]
    [TestCase("scxml", "mesh:deferred='false' mesh:times='2'", 1, 2)]
    [TestCase("samek", "mesh:deferred='true'", 0, 3)]
    public void Period_SendsAgainAndAgain(string profile, string attributes, int atOnce, int after)
    {
        var host = Run(
            profile,
            $"""
            <state id="a"><onentry><send event="x" mesh:period="100ms" {attributes}/></onentry>
              <transition event="x"><log expr="'got x'"/></transition></state>
            """);
        Pass(host, 50);
        var before = Count(host);
        Pass(host, 250);

        Assert.That((before, Count(host)), Is.EqualTo((atOnce, after)));

        static int Count(ChartHost<ScxmlMemory> host) => host.Spy().Count(line => line == "got x");
    }

    // The Samek profile tells no ids.
    [TestCase("samek", "id null id null")]
    [TestCase("scxml", "id it id it")]
    public void Period_OfASendWithAnId_IsToldByEachEvent(string profile, string expected)
    {
        var host = Run(
            profile,
            """
            <state id="a"><onentry><send event="x" id="it" mesh:period="100ms" mesh:times="2"/></onentry>
              <transition event="x"><log expr="'id ' + _event.sendid"/></transition></state>
            """);

        Pass(host, 100);
        Pass(host, 100);

        Assert.That(Only(host.Spy(), "id "), Is.EqualTo(expected));
    }

    [Test]
    public void OnInit_RunsBeforeTheInitialTransition()
    {
        var lines = Run(
            "samek",
            """
            <state id="a" initial="b"><mesh:oninit><log expr="'init of a'"/></mesh:oninit>
              <state id="b"><mesh:oninit><log expr="'init of b'"/></mesh:oninit></state></state>
            """).Spy();

        Assert.That(
            string.Join('|', lines.SkipWhile(line => line != "INIT_SIGNAL:a")),
            Is.EqualTo(
                "INIT_SIGNAL:a|init of a|SEARCH_FOR_SUPER_SIGNAL:b|ENTRY_SIGNAL:b|INIT_SIGNAL:b|init of b"
                + "|<- Queued:(0) Deferred:(0)"));
    }

    [TestCase("handled", "go:b go:b:HOOK")]
    [TestCase("unhandled", "go:b EMPTY_SIGNAL:b go:a")]
    [TestCase("super", "go:b go:a")]
    public void Reports_OfATransitionDecideWhoIsAskedNext(string reports, string expected)
    {
        var lines = Run(
            "samek",
            $"""
            <state id="a"><state id="b"><transition event="go" mesh:reports="{reports}"/></state></state>
            """,
            "go").Spy();

        Assert.That(Only(lines, "go:", "EMPTY"), Is.EqualTo(expected));
    }

    [TestCase("handled", "EXIT_SIGNAL:b SEARCH_FOR_SUPER_SIGNAL:b")]
    [TestCase("super", "EXIT_SIGNAL:b EXIT_SIGNAL:a")]
    public void Reports_OfAnExitDecideWhetherTheParentIsSearched(string reports, string expected)
    {
        var lines = Run(
            "samek",
            $"""
            <state id="a"><transition event="go" target="a"/>
              <state id="b"><onexit mesh:reports="{reports}"/></state></state>
            """,
            "go").Spy().ToList();

        var exit = lines.IndexOf("EXIT_SIGNAL:b");
        Assert.That(string.Join(' ', lines.Skip(exit).Take(2)), Is.EqualTo(expected));
    }

    // The spy does not show these two; whoever has the definition sees them.
    [TestCase("handled", "super", Report.Handled, Report.Super)]
    [TestCase("super", "unhandled", Report.Super, Report.Unhandled)]
    [TestCase("unhandled", "handled", Report.Unhandled, Report.Handled)]
    public void Reports_OfAnEntryAndAnInitAreInTheDefinition(
        string onEntry, string onInit, Report entry, Report init)
    {
        var handlers = $"<onentry mesh:reports='{onEntry}'/><mesh:oninit mesh:reports='{onInit}'/>";
        var host = Run("samek", $"<state id='a'>{handlers}<state id='b'>{handlers}</state></state><state id='c'/>");

        Assert.That(
            host.Definition.States.Select(state => (state.Entry, state.Init, state.Exit)),
            Is.EqualTo(
            [
                (entry, init, Report.Super), (entry, init, Report.Super),
                (Report.Super, Report.Super, Report.Super),
            ]));
    }

    [TestCase("<onentry/>", Report.Handled, Report.Super, Report.Super)]
    [TestCase("<onexit/>", Report.Super, Report.Handled, Report.Super)]
    [TestCase("<mesh:oninit/>", Report.Super, Report.Super, Report.Handled)]
    public void Reports_OfAHandlerAreHandled_WhenItDoesNotSay(string element, Report entry, Report exit, Report init)
    {
        var host = Run("samek", $"<state id='b'>{element}</state>");

        var state = host.Definition.States.Single();
        Assert.That((state.Entry, state.Exit, state.Init), Is.EqualTo((entry, exit, init)));
    }

    [TestCase("flat", true)]
    [TestCase("factory", false)]
    public void Style_DecidesWhetherARefusedGuardShows(string style, bool shows)
    {
        var lines = Run(
            $"samek\" mesh:style=\"{style}",
            """<state id="a"><transition event="go" cond="false" target="a"/></state>""",
            "go").Spy();

        Assert.That(lines.Contains("EMPTY_SIGNAL:a"), Is.EqualTo(shows));
    }

    [TestCase("name='one'", "one")]
    [TestCase("name='one' mesh:name='two'", "two")]
    [TestCase("", "66b76")]
    public void Name_IsWhatTheTraceSays(string attributes, string expected)
    {
        var host = Run($"samek\" {attributes} version=\"1.0", """<state id="off"/>""");

        Assert.That(host.Trace(), Does.Contain($"[{expected}] e->start_at()"));
    }

    private ChartHost<ScxmlMemory> Run(string profile, string inside, params string[] events)
    {
        var file = ScxmlFile.Parse(
            $"""
            <scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:mesh="urn:mesh:statecharts:1" mesh:profile="{profile}"
              {(inside.Contains("reports=", StringComparison.Ordinal) ? "initial=\"b\"" : "")}>{inside}</scxml>
            """);
        var host = new ChartHost<ScxmlMemory>(
            file.Chart, file.CreateMemory(), _time, file.HostOptions with { Bus = new EventBus() });
        host.Start();
        host.CompleteCircuit();
        foreach (var name in events)
        {
            host.PostFifo(host.SignalOf(name));
            host.CompleteCircuit();
        }

        Assert.That(host.Fault, Is.Null);
        return host;
    }

    private void Pass(ChartHost<ScxmlMemory> host, int milliseconds)
    {
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        host.CompleteCircuit();
    }

    private static string Only(IEnumerable<string> lines, params string[] beginnings) => string.Join(' ', lines.Where(
        line => beginnings.Any(each => line.StartsWith(each, StringComparison.Ordinal))));
}
