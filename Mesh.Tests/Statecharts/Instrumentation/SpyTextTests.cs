using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Instrumentation;

public sealed class SpyTextTests
{
    // outer (init to inner) > inner, wild (init chosen); other. A: inner to other; B: outer hooks; C: other, dynamic
    private static readonly ChartDefinition Sample = Create(new ChartDefinitionData
    {
        States =
        [
            new("outer") { InitialTarget = 1 },
            new("inner") { Parent = 0, Exit = Report.Handled },
            new("wild") { Parent = 0, Traits = StateTraits.DynamicInit },
            new("other"),
            new("deep") { Parent = 2 },
        ],
        Transitions =
        [
            new(1, 0) { Target = 3 },
            new(0, 1) { Kind = TransitionKind.Hook },
            new(3, 2) { Kind = TransitionKind.Dynamic },
            new(1, 1) { Guard = "g", Target = 3 },
        ],
        Signals = [new("A"), new("B"), new("C")],
    });

    [Test]
    public void Expand_TellsTheWholeStep_WhenTheRecordFits()
    {
        var notes = new NoteWriter();
        notes.Add(NoteKind.PostFifo, 0, 1);
        notes.AddScribble(2, "in the entry");
        notes.Add(NoteKind.Recall, 3, 3);
        var names = new ChartNames(Sample);
        names.Signals.TrySet(3, "STRANGE");

        var lines = Expand(Taken(0) with { Queued = 2, Deferred = 1 }, notes.Seal(), names);

        Assert.That(lines, Is.EqualTo(
        [
            "A:inner",
            "POST_FIFO:B",
            "SEARCH_FOR_SUPER_SIGNAL:other",
            "SEARCH_FOR_SUPER_SIGNAL:inner",
            "EXIT_SIGNAL:inner",
            "EXIT_SIGNAL:outer",
            "in the entry",
            "ENTRY_SIGNAL:other",
            "RECALL:STRANGE",
            "POST_FIFO:STRANGE",
            "INIT_SIGNAL:other",
            "<- Queued:(2) Deferred:(1)",
        ]).AsCollection);
    }

    [Test]
    public void Expand_FollowsTheNotes_WhenStatesAnswerOtherwiseThanTheDefinitionSays()
    {
        var notes = new NoteWriter();
        notes.AddReport(0, Report.Super);
        notes.Add((NoteKind)200, 1, 7);
        var hook = Taken(1) with { Signal = 1, Outcome = StepOutcome.OfHook(0), LeafAfter = 1 };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Expand(hook, []),
                Is.EqualTo(["B:inner", "EMPTY_SIGNAL:inner", "B:outer", "B:outer:HOOK"]).AsCollection);
            Assert.That(Expand(hook, notes.Seal()), Is.EqualTo(["B:inner", "B:outer", "B:outer:HOOK"]).AsCollection);
        }
    }

    [Test]
    public void Expand_SearchesAfterAnExit_WhenANoteSaysThatItWasHandled()
    {
        var notes = new NoteWriter();
        notes.AddReport(2, Report.Handled);

        var lines = Expand(Taken(0), notes.Seal());

        Assert.That(lines, Does.Contain("SEARCH_FOR_SUPER_SIGNAL:outer"));
    }

    [Test]
    public void Expand_FollowsAChosenInit()
    {
        var notes = new NoteWriter();
        notes.Add(NoteKind.Target, 5, 4);
        var record = Taken(0) with
        {
            Signal = 2,
            Outcome = StepOutcome.OfDynamic(3, 2),
            LeafBefore = 3,
            LeafAfter = 4,
        };

        Assert.That(Expand(record, notes.Seal()), Has.One.StartsWith("malformed"), "the note stands at no call");
        notes.Clear();
        notes.Add(NoteKind.Target, 4, 4);

        Assert.That(Expand(record, notes.Seal()), Is.EqualTo(
        [
            "C:other",
            "SEARCH_FOR_SUPER_SIGNAL:wild",
            "SEARCH_FOR_SUPER_SIGNAL:other",
            "SEARCH_FOR_SUPER_SIGNAL:outer",
            "EXIT_SIGNAL:other",
            "ENTRY_SIGNAL:outer",
            "ENTRY_SIGNAL:wild",
            "INIT_SIGNAL:wild",
            "SEARCH_FOR_SUPER_SIGNAL:deep",
            "ENTRY_SIGNAL:deep",
            "INIT_SIGNAL:deep",
        ]).AsCollection);
    }

    [Test]
    public void Expand_SaysHowManyNotesAreMissing_WhenNotAllCouldBeKept()
    {
        var notes = new NoteWriter();
        notes.AddScribble(0, "the last");

        Assert.That(Expand(Ignored(0) with { DroppedNotes = 7 }, notes.Seal()), Is.EqualTo(
            ["A:inner", "NOTES_DROPPED:7", "the last", "EMPTY_SIGNAL:inner", "A:outer"]).AsCollection);
    }

    [TestCaseSource(nameof(Misfits))]
    public void Expand_GivesOneMalformedLine_WhenTheRecordDoesNotFit(StepRecord record, byte[] notes)
    {
        var lines = Expand(record, notes);

        Assert.That(lines, Has.Count.EqualTo(1));
        Assert.That(lines[0], Does.StartWith("malformed step 7: "));
    }

    [Test]
    public void Expand_NeverThrows_WhenRecordAndNotesAreRandom()
    {
        var malformed = 0;
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var lines = Expand(RandomRecord(random), RandomNotes(random));
            malformed += lines[0].StartsWith("malformed", StringComparison.Ordinal) ? 1 : 0;
            Assert.That(lines, Is.Not.Empty, $"seed {seed}");
        }

        Assert.That(malformed, Is.InRange(10_000, 19_999), "some must fit, or nothing was tested");
    }

    [Test]
    public void Expand_StaysBounded_WhenTheDefinitionIsAsDeepAsItMayBe()
    {
        var states = Enumerable.Range(0, 64).Select(number => new StateDefinition($"s{number}")
        {
            Parent = number == 0 ? null : number - 1,
            InitialTarget = number == 63 ? null : number + 1,
        });
        var definition = Create(new ChartDefinitionData { States = [.. states], Transitions = [], Signals = [] });
        var lines = new List<string>();
        var start = new StepRecord
        {
            Outcome = StepOutcome.OfStart(0),
            LeafBefore = ChartDefinition.Top,
            LeafAfter = 63,
            Signal = -1,
        };

        SpyText.Expand(definition, start, [], null, lines);

        Assert.That(lines, Has.Count.EqualTo(1 + (3 * 64) + 1));
    }

    private static IEnumerable<TestCaseData> Misfits()
    {
        byte[] scribble = [8, 2, 0, (byte)'x'];
        yield return Case("kind", Taken(0) with { Kind = (StepKind)9 });
        yield return Case("signal", Taken(0) with { Signal = 3 });
        yield return Case("signal of the transition", Taken(0) with { Signal = 1 });
        yield return Case("transition", Taken(9));
        yield return Case("negative transition", Taken(-5));
        yield return Case("hook's transition", Taken(1) with { Signal = 1 });
        yield return Case("leaf", Taken(0) with { LeafBefore = 77 });
        yield return Case("start in the middle", Taken(0) with { Kind = StepKind.Start });
        yield return Case("step from top", Taken(0) with { LeafBefore = -1 });
        yield return Case("source not around", Taken(0) with { LeafBefore = 3 });
        yield return Case("wrong end", Taken(0) with { LeafAfter = 1 });
        yield return Case("moved when ignored", Ignored(0) with { LeafAfter = 3 });
        yield return Case("hook elsewhere", Ignored(1) with { Outcome = StepOutcome.OfHook(3) });
        yield return Case("hook nowhere", Ignored(1) with { Outcome = StepOutcome.OfHook(-7) });
        yield return Case("target", Ignored(0) with { Outcome = StepOutcome.OfDynamic(1, 99) });
        yield return Case("start in a step", Ignored(0) with { Outcome = StepOutcome.OfStart(0) });
        yield return Case("fault without note", Taken(0) with { Kind = StepKind.Fault });
        yield return Case("fault note in a step", Taken(0), [11, 2, 0, 1]);
        yield return Case("after the fault", Taken(0) with { Kind = StepKind.Fault }, [11, 2, 0, 1, .. scribble]);
        yield return Case("fault's state", Taken(0) with { Kind = StepKind.Fault }, [11, 2, 0, 99]);
        yield return Case("note's place", Taken(0), [8, 2, 9, (byte)'x']);
        yield return Case("note's order", Taken(0), [8, 2, 2, (byte)'x', .. scribble]);
        yield return Case("note's signal", Taken(0), [1, 2, 0, 50]);
        yield return Case("note without signal", Taken(0), [1, 1, 0]);
        yield return Case("note's report", Taken(0), [9, 2, 0, 3]);
        yield return Case("note's target", Taken(0), [10, 2, 0, 60]);
        yield return Case("note cut off", Taken(0), [8, 9, 0, 1]);
    }

    private static TestCaseData Case(string name, StepRecord record, byte[]? notes = null) =>
        new TestCaseData(record, notes ?? []).SetArgDisplayNames(name);

    private static StepRecord Taken(int transition) => new()
    {
        Number = 7,
        Kind = StepKind.Step,
        Outcome = StepOutcome.OfTransition(transition),
        LeafBefore = 1,
        LeafAfter = 3,
        Queued = StepRecord.NoQueues,
    };

    private static StepRecord Ignored(int signal) =>
        Taken(0) with { Signal = signal, Outcome = StepOutcome.Ignored, LeafAfter = 1 };

    private static StepRecord RandomRecord(Random random)
    {
        int Number() => random.Next(20) == 0 ? random.Next(int.MinValue, int.MaxValue) : random.Next(-1, 6);
        return new StepRecord
        {
            Number = (ulong)random.NextInt64(),
            Kind = random.Next(8) == 0 ? (StepKind)random.Next(5) : StepKind.Step,
            Timestamp = random.NextInt64(),
            Signal = Number(),
            Outcome = random.Next(5) switch
            {
                0 => StepOutcome.Ignored,
                1 => StepOutcome.OfHook(Number()),
                2 => StepOutcome.OfTransition(Number()),
                3 => StepOutcome.OfDynamic(Number(), Number()),
                _ => StepOutcome.OfStart(Number()),
            },
            LeafBefore = Number(),
            LeafAfter = Number(),
            Queued = Number(),
            Deferred = Number(),
            DroppedNotes = (uint)random.Next(2),
        };
    }

    private static byte[] RandomNotes(Random random)
    {
        if (random.Next(3) == 0)
        {
            var bytes = new byte[random.Next(30)];
            random.NextBytes(bytes);
            return bytes;
        }

        var writer = new NoteWriter();
        for (var count = random.Next(4); count > 0; count--)
        {
            writer.Add((NoteKind)random.Next(15), random.Next(4), random.Next(6));
        }

        return writer.Seal().ToArray();
    }

    private static List<string> Expand(in StepRecord record, ReadOnlySpan<byte> notes, ChartNames? names = null)
    {
        var lines = new List<string>();
        SpyText.Expand(Sample, record, notes, names, lines);
        return lines;
    }

    private static ChartDefinition Create(ChartDefinitionData data)
    {
        Assert.That(ChartDefinition.TryCreate(data, out var definition, out var refusal), Is.True, refusal);
        return definition!;
    }
}
