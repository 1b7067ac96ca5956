using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Instrumentation;
using Mesh.Tests.Statecharts.Oracle;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Instrumentation;

/// <summary>Records of real charts with one thing changed: what a peer that is nearly honest may send.</summary>
public sealed class SpyMutationTests
{
    private const int MaxLines = SpyText.MaxStepLines + 1;
    private static readonly string[] Signals = ["A", "B", "C", "D", "E", "F", "Q", "R", "Zz"];

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

    private static ChartHost<BoundContext> RunRandomChart(Random random)
    {
        var made = CaseMaker.Make(random, 1);
        var chart = SpecBinder.Bind(made.Chart);
        var options = new HostOptions { Bus = new EventBus() };
        var host = new ChartHost<BoundContext>(chart, new BoundContext(), new ManualTimeProvider(), options);
        host.Start();
        for (var count = 0; count < 40; count++)
        {
            host.PostFifo(new Signal(Signals[random.Next(Signals.Length)]));
            host.CompleteCircuit();
        }

        Assert.That(host.Fault, Is.Null);
        return host;
    }

    private static StepRecord Mutate(Random random, StepRecord record, byte[] notes)
    {
        var number = random.Next(-2, 40);
        var other = random.Next(-2, 40);
        switch (random.Next(10))
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
                return record with { Outcome = StepOutcome.OfHook(number) };
            case 6:
                return record with { Outcome = StepOutcome.OfDynamic(number, other) };
            case 7:
                return record with { Outcome = StepOutcome.OfStart(number), LeafBefore = ChartDefinition.Top };
            default:
                if (notes.Length > 0)
                {
                    notes[random.Next(notes.Length)] = (byte)random.Next(256);
                }

                return record;
        }
    }

    private static List<string> Expand(ChartHost<BoundContext> host, in StepRecord record, ReadOnlySpan<byte> notes)
    {
        var lines = new List<string>();
        SpyText.Expand(host.Definition, record, notes, host.Names, lines);
        Assert.That(lines, Has.Count.InRange(1, MaxLines));
        return lines;
    }

    private static bool IsMalformed(List<string> lines)
    {
        var isMalformed = lines[0].StartsWith("malformed step ", StringComparison.Ordinal);
        Assert.That(isMalformed && lines.Count > 1, Is.False, "a malformed step is one line");
        return isMalformed;
    }
}
