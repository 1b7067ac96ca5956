using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Instrumentation;
using Mesh.Tests.Statecharts.ScxmlOracle;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Instrumentation;

/// <summary>Records of charts of the Scxml profile, changed and made up: what a peer may send.</summary>
public sealed class ScxmlMutationTests
{
    private const int MaxLines = SpyText.MaxStepLines + 1;

    [Test]
    public void Expand_StaysTotalAndBounded_WhenARecordOrItsNotesAreChanged([Range(1, 60)] int seed)
    {
        var random = new Random(seed);
        var host = RunRandomChart(random);
        var notes = new byte[NoteWriter.MaxBytes];
        var next = host.Ring!.Oldest;
        var (whole, malformed) = (0, 0);
        while (host.Ring.TryRead(ref next, out var record, notes, out var noteBytes, out _) == StepReadResult.Read)
        {
            whole += IsMalformed(Expand(host, record, notes.AsSpan(0, noteBytes))) ? 0 : 1;
            for (var time = 0; time < 20; time++)
            {
                byte[] changed = [.. notes.AsSpan(0, noteBytes)];
                malformed += IsMalformed(Expand(host, Mutate(random, record, changed), changed)) ? 1 : 0;
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(whole, Is.EqualTo((int)(host.Ring.Head - host.Ring.Oldest)), "what really happened is told");
            Assert.That(malformed, Is.Positive);
        }
    }

    [Test]
    public void Expand_StaysTotalAndBounded_AtEveryTruncation([Range(1, 10)] int seed)
    {
        var host = RunRandomChart(new Random(seed));
        var notes = new byte[NoteWriter.MaxBytes];
        var next = host.Ring!.Oldest;
        while (host.Ring.TryRead(ref next, out var record, notes, out var noteBytes, out _) == StepReadResult.Read)
        {
            for (var length = 0; length < noteBytes; length++)
            {
                _ = Expand(host, record, notes.AsSpan(0, length));
            }
        }
    }

    [Test]
    public void Expand_StaysTotalAndBounded_WhenTheNotesAreRandom([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var host = RunRandomChart(random);
        var kinds = Enum.GetValues<NoteKind>();
        for (var time = 0; time < 500; time++)
        {
            var notes = new byte[random.Next(NoteWriter.MaxBytes + 1)];
            for (var position = 0; position < notes.Length;)
            {
                // Mostly notes that can be read, so that what they say is looked at.
                var length = random.Next(1, 120);
                notes[position++] = (byte)kinds[random.Next(kinds.Length)];
                for (var count = 0; count <= length && position < notes.Length; count++)
                {
                    notes[position++] = count == 0 ? (byte)length : (byte)random.Next(random.Next(4) == 0 ? 256 : 8);
                }
            }

            var record = new StepRecord { Kind = StepKind.Step, Outcome = StepOutcome.Ignored };
            _ = Expand(host, Mutate(random, record, []), notes);
        }
    }

    // One microstep that names the same long state as often as fits the notes.
    [Test]
    public void Expand_TellsTheLastLinesAlone_WhenAMicrostepEntersMoreThanAreKept()
    {
        var chart = Chart.Define<object>("c", c =>
        {
            c.Profile(Profile.Scxml);
            c.State(new string('s', ChartLimits.MaxNameBytes)).OnAny("e").Handled();
        });
        var writer = new NoteWriter();
        writer.AddMicrostep(1, [0, 0, 0, .. new byte[8_000]]);
        var record = new StepRecord
        {
            Kind = StepKind.Step,
            Outcome = StepOutcome.OfHook(0),
            LeafBefore = 0,
            LeafAfter = 0,
            Signal = 0,
        };

        var lines = new List<string>();
        SpyText.Expand(chart.Definition, record, writer.Seal(), null, lines);

        Assert.That(lines, Has.Count.EqualTo(MaxLines));
        Assert.That(lines.SkipLast(1), Is.All.StartsWith("ENTRY_SIGNAL:s"));
    }

    private static ChartHost<EngineFace> RunRandomChart(Random random)
    {
        var maker = new RandomChartMaker(random);
        var chart = maker.Make().Build();
        var face = new EngineFace { Fuel = 8 };
        var host = new ChartHost<EngineFace>(chart, face, new ManualTimeProvider());
        host.Start();
        for (var count = 0; count < 40 && host.Status == ChartStatus.Running; count++)
        {
            face.Fuel = 8;
            host.PostFifo(new Signal(maker.NextEvent()));
            host.NextRtc();
        }

        Assert.That(host.Fault, Is.Null);
        return host;
    }

    private static StepRecord Mutate(Random random, StepRecord record, byte[] notes)
    {
        var number = random.Next(-2, 40);
        switch (random.Next(9))
        {
            case 0:
                return record with { Signal = number };
            case 1:
                return record with { LeafBefore = number };
            case 2:
                return record with { LeafAfter = number };
            case 3:
                return record with { Kind = (StepKind)random.Next(4) };
            case 4:
                return record with { Outcome = StepOutcome.OfTransition(number) };
            case 5:
                return record with { Outcome = StepOutcome.Ignored, DroppedNotes = (uint)random.Next() };
            default:
                if (notes.Length > 0)
                {
                    notes[random.Next(notes.Length)] = (byte)random.Next(256);
                }

                return record;
        }
    }

    private static List<string> Expand(ChartHost<EngineFace> host, in StepRecord record, ReadOnlySpan<byte> notes)
    {
        var lines = new List<string>();
        SpyText.Expand(host.Definition, record, notes, host.Names, lines);
        Assert.That(lines, Has.Count.LessThanOrEqualTo(MaxLines));
        return lines;
    }

    private static bool IsMalformed(List<string> lines)
    {
        var isMalformed = lines is [var first, ..] && first.StartsWith("malformed step ", StringComparison.Ordinal);
        Assert.That(isMalformed && lines.Count > 1, Is.False, "a malformed step is one line");
        return isMalformed;
    }
}
