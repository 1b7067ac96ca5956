using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Definition;

public sealed class ChartBuilderTests
{
    private static readonly Signal Toast = new("TOAST");
    private static readonly Signal Open = new("OPEN");
    private static readonly Signal<int> Heat = new("HEAT");

    [Test]
    public void Define_NumbersStatesSignalsAndTransitionsInOrder()
    {
        var chart = Chart.Define<List<string>>("oven", c =>
        {
            c.Version("2.1").Style(ChartStyle.Factory).Start("off");
            var closed = c.State("closed").Init("off").Exit(log => log.Add("out"));
            closed.State("off").Entry(Report.Super).On(Toast).When(_ => true).Do(_ => { }).Goto("heating");
            closed.State("heating").On(Heat).When("hot", (_, degrees) => degrees > 9).Do((_, _) => { });
            closed.On(Open).When("unlocked", _ => true).Do("light", _ => { }).Goto("open")
                .On(Open).When(_ => false).Refuse();
            c.State("open").InitDynamic(_ => null).On(Toast).GotoDynamic(_ => "off");
        });

        var definition = chart.Definition;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(chart.StartState, Is.EqualTo("off"));
            Assert.That(definition.Version, Is.EqualTo("2.1"));
            Assert.That(definition.Style, Is.EqualTo(ChartStyle.Factory));
            Assert.That(definition.States, Is.EqualTo(new StateDefinition[]
            {
                new("closed") { InitialTarget = 1, Exit = Report.Handled, Traits = StateTraits.ExitCode },
                new("off") { Parent = 0 },
                new("heating") { Parent = 0 },
                new("open") { Init = Report.Handled, Traits = StateTraits.DynamicInit },
            }).AsCollection);
            Assert.That(definition.Signals, Is.EqualTo(new SignalDefinition[]
            {
                new("TOAST"), new("HEAT", "Int32"), new("OPEN"),
            }).AsCollection);
            Assert.That(definition.Transitions, Is.EqualTo(new TransitionDefinition[]
            {
                new(1, 0) { Guard = "g1", Effect = "e1", Target = 2 },
                new(2, 1) { Guard = "hot", Effect = "e2", Kind = TransitionKind.Hook },
                new(0, 2) { Guard = "unlocked", Effect = "light", Target = 3 },
                new(0, 2) { Guard = "g2", Kind = TransitionKind.Refuse },
                new(3, 0) { Kind = TransitionKind.Dynamic },
            }).AsCollection);
        }
    }

    [TestCaseSource(nameof(Unsound))]
    public void Define_ThrowsNamingTheState_WhenTheChartIsUnsound(Action<ChartBuilder<object>> define, string expected)
    {
        Assert.That(
            () => Chart.Define("bad", define),
            Throws.TypeOf<ChartDefinitionException>().With.Message.Contains(expected));
    }

    [Test]
    public void Accepts_IsFalse_WhenThePayloadIsOfAnotherType()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Heat.Accepts(7), Is.True);
            Assert.That(Heat.Accepts("7"), Is.False);
            Assert.That(Heat.Accepts(null), Is.False);
            Assert.That(new Signal<string>("S").Accepts(null), Is.True);
            Assert.That(Toast.Accepts("anything"), Is.True);
        }
    }

    [Test]
    public void ToString_IsTheTextOfMiros_WithAndWithoutAPayload()
    {
        Event bare = Toast;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bare.ToString(), Is.EqualTo("TOAST::<>"));
            Assert.That(Heat.With(12).ToString(), Is.EqualTo("HEAT::<12>"));
        }
    }

    private static IEnumerable<TestCaseData> Unsound()
    {
        yield return Case("no state", _ => { });
        yield return Case("state 'a' is there twice", c => c.State("a").State("a"));
        yield return Case("the parent of state 'a' names an unknown state, 'z'", c => c.State("a", "z"));
        yield return Case("state 'a' is its own parent", c => c.State("a", "a"));
        yield return Case("lies in itself", c => c.State("a", c.State("b", "a").Name));
        yield return Case("state 'a' on TOAST names an unknown state, 'z'", c => c.State("a").On(Toast).Goto("z"));
        yield return Case("init of state 'a' names an unknown state, 'z'", c => c.State("a").Init("z"));
        yield return Case("the init of state 'a' leaves it", c => c.State("a").Init(c.State("b")));
        yield return Case("the start names an unknown state, 'z'", c => c.Start("z").State("a"));
        yield return Case("'a' has two handlers for its entry", c => c.State("a").Entry().Entry());
        yield return Case("'a' has two handlers for its init", c => c.State("a").Init().InitDynamic(_ => null));
        yield return Case("'a' on TOAST has two guards", c => c.State("a").On(Toast).When(_ => true).When(_ => true));
        yield return Case("'a' on TOAST has two effects", c => c.State("a").On(Toast).Do(_ => { }).Do(_ => { }));
        yield return Case("'a' on TOAST has two ends", c =>
        {
            var transition = c.State("a").On(Toast);
            transition.Handled();
            transition.Goto("a");
        });
        yield return Case("signal 'TOAST' has two payload types", c =>
            c.State("a").On(Toast).Handled().On(new Signal<int>("TOAST")).Handled());
        yield return Case("'INIT_SIGNAL' has the name of an inner", c => c.State("a").On(new Signal("INIT_SIGNAL")));
    }

    private static TestCaseData Case(string expected, Action<ChartBuilder<object>> define) =>
        new TestCaseData(define, expected).SetArgDisplayNames(expected);
}
