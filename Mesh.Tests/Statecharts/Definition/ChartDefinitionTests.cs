using System.Security.Cryptography;
using Mesh.Statecharts.Definition;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Definition;

public sealed class ChartDefinitionTests
{
    private static readonly StateDefinition[] TwoStates =
    [
        new("outer") { InitialTarget = 1, Entry = Report.Handled },
        new("inner") { Parent = 0, Exit = Report.Unhandled, Traits = StateTraits.ExitCode },
    ];

    [Test]
    public void TryCreate_WritesTheDocumentedCanonicalBytes_WhenTheChartIsSound()
    {
        var data = new ChartDefinitionData
        {
            Version = "v1",
            Style = ChartStyle.Factory,
            States = TwoStates,
            Transitions =
            [
                new(1, 0) { Guard = "g1", Target = 0 },
                new(0, 0) { Effect = new string('e', 40), Kind = TransitionKind.Hook },
            ],
            Signals = [new("A", "Int32")],
        };

        var created = ChartDefinition.TryCreate(data, out var definition, out var refusal);

        byte[] expected =
        [
            0x96, 0xa2, (byte)'v', (byte)'1', 0, 1,
            0x92,
            0x98, 0xa5, .. "outer"u8, 0xc0, 0, 0, 1, 1, 1, 0,
            0x98, 0xa5, .. "inner"u8, 0, 0, 1, 2, 1, 0xc0, 4,
            0x92,
            0x96, 1, 0, 0xa2, .. "g1"u8, 0xc0, 0, 0,
            0x96, 0, 0, 0xc0, 0xd9, 40, .. Enumerable.Repeat((byte)'e', 40), 0xc0, 1,
            0x91,
            0x92, 0xa1, (byte)'A', 0xa5, .. "Int32"u8,
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(created, Is.True, refusal);
            Assert.That(definition!.CanonicalBytes.ToArray(), Is.EqualTo(expected).AsCollection);
            Assert.That(definition.Hash.ToArray(), Is.EqualTo(SHA256.HashData(expected)).AsCollection);
        }
    }

    [Test]
    public void TryCreate_GivesTheSameHash_WhenItIsFedWithADefinitionsOwnContent()
    {
        Assert.That(ChartDefinition.TryCreate(Two(), out var first, out _), Is.True);
        var copy = new ChartDefinitionData
        {
            Version = first!.Version,
            Profile = first.Profile,
            Style = first.Style,
            States = first.States,
            Transitions = first.Transitions,
            Signals = first.Signals,
        };

        Assert.That(ChartDefinition.TryCreate(copy, out var second, out _), Is.True);

        Assert.That(second!.Hash.ToArray(), Is.EqualTo(first.Hash.ToArray()).AsCollection);
    }

    [Test]
    public void IsInside_FollowsTheParents()
    {
        Assert.That(ChartDefinition.TryCreate(Two(), out var definition, out _), Is.True);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(definition!.IsInside(1, 0), Is.True);
            Assert.That(definition.IsInside(1, 1), Is.True);
            Assert.That(definition.IsInside(0, 1), Is.False);
            Assert.That(definition.IsInside(0, ChartDefinition.Top), Is.True);
            Assert.That(definition.IsInside(ChartDefinition.Top, 0), Is.False);
            Assert.That(definition.IsInside(7, 0), Is.False);
            Assert.That(definition.IsInside(0, 7), Is.False);
        }
    }

    [TestCaseSource(nameof(Refused))]
    public void TryCreate_RefusesNamingTheFault_WhenTheContentIsUnsound(ChartDefinitionData data, string expected)
    {
        var created = ChartDefinition.TryCreate(data, out var definition, out var refusal);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created, Is.False);
            Assert.That(definition, Is.Null);
            Assert.That(refusal, Does.Contain(expected));
        }
    }

    [Test]
    public void TryCreate_TakesTheLargestChart_WhenEveryLimitIsReachedAndRefusesOneMore()
    {
        StateDefinition[] deep = [.. Enumerable.Range(0, ChartLimits.MaxStates).Select(number =>
            new StateDefinition($"s{number}") { Parent = number % ChartLimits.MaxDepth == 0 ? null : number - 1 })];

        var atLimit = ChartDefinition.TryCreate(Two() with { States = deep, Transitions = [] }, out _, out var refusal);
        var tooMany = ChartDefinition.TryCreate(
            Two() with { States = [.. deep, new StateDefinition("more")] }, out _, out var tooManyRefusal);
        var tooDeep = ChartDefinition.TryCreate(
            Two() with { States = [.. deep[..64], new StateDefinition("deeper") { Parent = 63 }] },
            out _,
            out var tooDeepRefusal);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(atLimit, Is.True, refusal);
            Assert.That(tooMany, Is.False);
            Assert.That(tooManyRefusal, Does.Contain("4097 states"));
            Assert.That(tooDeep, Is.False);
            Assert.That(tooDeepRefusal, Does.Contain("'deeper' lies deeper than 64"));
        }
    }

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Case("no state", Two() with { States = [] });
        yield return Case("list of the definition is missing", Two() with { Signals = null! });
        yield return Case("state 1 is missing", Two() with { States = [TwoStates[0], null!] });
        yield return Case("'outer' is there twice", States(new("outer"), new("outer")));
        yield return Case("state 1 has no name", States(new("a"), new("")));
        yield return Case("called 'top'", States(new StateDefinition("top")));
        yield return Case("not Unicode", States(new StateDefinition("\ud800")));
        yield return Case("more than 256 bytes", States(new StateDefinition(new string('é', 129))));
        yield return Case("'a' has an unknown parent, 5", States(new StateDefinition("a") { Parent = 5 }));
        yield return Case("'a' has an unknown parent, -1", States(new StateDefinition("a") { Parent = -1 }));
        yield return Case("'b' is its own parent", States(new("a"), new("b") { Parent = 1 }));
        yield return Case("'a' lies in itself", States(new("a") { Parent = 1 }, new("b") { Parent = 0 }));
        yield return Case("init of state 'a' goes to an unknown", States([new("a") { InitialTarget = 3 }]));
        yield return Case("the init of state 'a' leaves it: 'b'", States(new("a") { InitialTarget = 1 }, new("b")));
        yield return Case("state 'a' leaves it: 'a'", States(new StateDefinition("a") { InitialTarget = 0 }));
        yield return Case("both a fixed and a dynamic", Two() with
        {
            States = [TwoStates[0] with { Traits = StateTraits.DynamicInit }, TwoStates[1]],
        });
        yield return Case("kind, report or trait", States(new StateDefinition("a") { Entry = (Report)9 }));
        yield return Case("kind, report or trait", States(new StateDefinition("a") { Traits = (StateTraits)16 }));
        yield return Case("profile 2", Two() with { Profile = (Profile)2 });
        yield return Case("style 7", Two() with { Style = (ChartStyle)7 });
        yield return Case("'A' is there twice", Two() with { Signals = [new("A"), new("A")] });
        yield return Case("inner signal", Two() with { Signals = [new("EXIT_SIGNAL")], Transitions = [] });
        yield return Case("starts at an unknown state, 2", Transition(new(2, 0) { Target = 0 }));
        yield return Case("state 'outer' has an unknown signal, 1", Transition(new(0, 1) { Target = 0 }));
        yield return Case("state 'outer' goes to an unknown state, 2", Transition(new(0, 0) { Target = 2 }));
        yield return Case("target that does not suit", Transition(new(0, 0) { Kind = TransitionKind.Goto }));
        yield return Case("target that does not suit", Transition(new(0, 0) { Target = 0, Kind = (TransitionKind)3 }));
        yield return Case("canonical form", Two() with
        {
            Signals = [.. Enumerable.Range(0, 2_000).Select(number => new SignalDefinition($"{number,200}"))],
        });
    }

    private static TestCaseData Case(string expected, ChartDefinitionData data) =>
        new TestCaseData(data, expected).SetArgDisplayNames(expected);

    private static ChartDefinitionData States(params StateDefinition[] states) =>
        new() { States = states, Transitions = [], Signals = [] };

    private static ChartDefinitionData Transition(TransitionDefinition transition) =>
        Two() with { Transitions = [transition] };

    private static ChartDefinitionData Two() => new()
    {
        States = TwoStates,
        Transitions = [new(0, 0) { Target = 1 }],
        Signals = [new("A")],
    };
}
