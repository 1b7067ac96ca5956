using Mesh.Core.Wire.Definitions;
using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Scxml;

public sealed class ScxmlDefinitionTests
{
    [Test]
    public void Define_PutsTheStatesInDocumentOrder()
    {
        var definition = Regions().Definition;

        Assert.That(
            definition.States.Select(state => state.Name),
            Is.EqualTo(new[] { "both", "left", "l1", "l2", "right", "r1", "memory", "end" }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(definition.States[0].Kind, Is.EqualTo(StateKind.Parallel));
            Assert.That(definition.States[6].Kind, Is.EqualTo(StateKind.DeepHistory));
            Assert.That(definition.InitialTargets, Is.EqualTo(new[] { 3, 5 }));
            Assert.That(definition.Transitions[0].MoreSignals, Has.Count.EqualTo(1));
            Assert.That(definition.Transitions[0].MoreTargets, Is.EqualTo(new[] { 5 }));
            Assert.That(definition.Signals[0].Name, Is.EqualTo("go.far"));
            Assert.That(definition.Transitions[1].Signal, Is.EqualTo(TransitionDefinition.Eventless));
        }
    }

    [Test]
    public void CanonicalBytes_ComeBackFromTheWire()
    {
        var definition = Regions().Definition;

        var isRead = DefinitionReader.TryRead(
            definition.CanonicalBytes.Span, definition.Hash.Span, out var read, out var refusal);

        Assert.That(isRead, Is.True, refusal);
        Assert.That(read!.CanonicalBytes.ToArray(), Is.EqualTo(definition.CanonicalBytes.ToArray()));
        Assert.That(read.Profile, Is.EqualTo(Profile.Scxml));
        Assert.That(read.Transitions[0].MoreTargets, Is.EqualTo(definition.Transitions[0].MoreTargets));
    }

    [Test]
    public void TryRead_RefusesEveryTruncation()
    {
        var bytes = Regions().Definition.CanonicalBytes.ToArray();

        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            var hash = System.Security.Cryptography.SHA256.HashData(cut);
            Assert.That(DefinitionReader.TryRead(cut, hash, out _, out _), Is.False, $"cut to {length} bytes");
        }
    }

    [TestCaseSource(nameof(Faults))]
    public void Define_Refuses(string what, Action<ChartBuilder<int>> define)
    {
        Assert.That(
            () => Chart.Define<int>("c", chart => define(chart.Profile(Profile.Scxml))),
            Throws.TypeOf<ChartDefinitionException>().With.Message.Contains(what));
    }

    [Test]
    public void Define_RefusesThingsOfTheOtherProfile()
    {
        Assert.That(
            () => Chart.Define<int>("c", chart => chart.State("a", StateKind.Parallel).State("b")),
            Throws.TypeOf<ChartDefinitionException>().With.Message.Contains("belongs to the Scxml profile"));
        Assert.That(
            () => Chart.Define<int>("c", chart => chart.State("a").Always().Goto("a")),
            Throws.TypeOf<ChartDefinitionException>().With.Message.Contains("belongs to the Scxml profile"));
    }

    [TestCase("error", "error", true)]
    [TestCase("error", "error.send", true)]
    [TestCase("error", "error.send.failed", true)]
    [TestCase("error", "errors.my.custom", false)]
    [TestCase("error", "errorhandler.mistake", false)]
    [TestCase("foo.bar", "foo", false)]
    [TestCase("foo.bar", "foo.bar.zoo", true)]
    [TestCase("foo", "Foo", false)]
    [TestCase("*", "anything.at.all", true)]
    public void Matches_ByTokensFromTheFront(string descriptor, string name, bool isMatch) =>
        Assert.That(EventDescriptor.Matches(descriptor, name), Is.EqualTo(isMatch));

    [TestCase("foo.*", "foo")]
    [TestCase("foo.", "foo")]
    [TestCase("foo", "foo")]
    [TestCase("*", "*")]
    public void Normalise_CutsWhatSaysNothing(string descriptor, string name) =>
        Assert.That(EventDescriptor.Normalise(descriptor), Is.EqualTo(name));

    private static Chart<int> Regions()
    {
        return Chart.Define<int>("regions", chart =>
        {
            chart.Profile(Profile.Scxml).Start(["l2", "r1"]);
            var both = chart.State("both", StateKind.Parallel);
            var end = chart.State("end", StateKind.Final);
            var left = both.State("left");
            var right = both.State("right");
            left.State("l1");
            left.State("l2").OnAny("go.far", "*").Goto(["l1", "r1"]);
            right.State("r1").Always().When("never", _ => false).Goto(end);
            right.State("memory", StateKind.DeepHistory).Always().Goto("r1");
        });
    }

    private static IEnumerable<TestCaseData> Faults()
    {
        yield return Fault("never active together", chart =>
        {
            chart.State("a").OnAny("e").Goto(["a", "b"]);
            chart.State("b");
        });
        yield return Fault("is parallel and has no state inside", chart => chart.State("a", StateKind.Parallel));
        yield return Fault("is final and a region", chart =>
            chart.State("a", StateKind.Parallel).State("b", StateKind.Final));
        yield return Fault("lies in a final state or a history", chart =>
            chart.State("a", StateKind.Final).State("b"));
        yield return Fault("is final and has a transition", chart =>
            chart.State("a", StateKind.Final).OnAny("e").Handled());
        yield return Fault("has 0 defaults instead of one", chart =>
        {
            var around = chart.State("a");
            around.State("b");
            around.State("h", StateKind.ShallowHistory);
        });
        yield return Fault("leaves the parent", chart =>
        {
            var around = chart.State("a");
            around.State("b");
            around.State("h", StateKind.ShallowHistory).Always().Goto("c");
            chart.State("c");
        });
        yield return Fault("leads to a history of the same state", chart =>
        {
            var around = chart.State("a", StateKind.Parallel);
            around.State("h", StateKind.ShallowHistory).Always().Goto(["b", "g"]);
            around.State("g", StateKind.DeepHistory).Always().Goto("b");
            around.State("b");
        });
        yield return Fault("is a history of the whole chart", chart =>
        {
            chart.State("a");
            chart.State("h", StateKind.ShallowHistory).Always().Goto("a");
        });
        yield return Fault("has a history and no state to remember", chart =>
            chart.State("a").State("h", StateKind.DeepHistory).Always().Goto("h"));
        yield return Fault("is no event descriptor", chart => chart.State("a").On(new Signal("b.")).Handled());
        yield return Fault("with a comma or a space", chart => chart.State("a,b"));
        yield return Fault("kind that belongs to the Samek profile", chart =>
            chart.State("a").On(new Signal("e")).Refuse());
        yield return Fault("chooses the target of its init", chart => chart.State("a").InitDynamic(_ => "a"));
        yield return Fault("is parallel and has an initial state", chart =>
            chart.State("a", StateKind.Parallel).Init("b").State("b"));
    }

    private static TestCaseData Fault(string what, Action<ChartBuilder<int>> define) =>
        new TestCaseData(what, define).SetArgDisplayNames(what);
}
