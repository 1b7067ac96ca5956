using Mesh.Statecharts.Instrumentation;

namespace Mesh.Tests.Core.Wire.Records;

/// <summary>Random steps of one chart, mostly in the order in which a chart makes them.</summary>
internal sealed class RandomSteps(Random random)
{
    private ulong _number = random.NextNumber(1_000);
    private long _time = random.NextSigned() / 2;
    private int _leaf = -1;

    /// <summary>The notes of the latest step; any bytes.</summary>
    public byte[] Notes { get; private set; } = [];

    public StepRecord Next()
    {
        // Now and then a step is missing, or the clock or the state does not fit the step before.
        _number += random.Next(10) == 0 ? random.NextNumber(1_000) : 1;
        _time += random.Next(10) == 0 ? random.NextSigned() / 4_096 : (long)random.NextNumber(5_000);
        _leaf = random.Next(20) == 0 ? random.Next(-1, 4_096) : _leaf;

        Notes = random.Next(4) == 0 ? random.NextBlob(random.Next(60)) : [];
        var before = _leaf;
        var kind = random.Next(10) == 0 ? (StepKind)random.Next(3) : StepKind.Step;
        _leaf = random.Next(3) == 0 ? random.Next(300) : _leaf;
        var signal = kind == StepKind.Start || (kind == StepKind.Fault && random.Next(2) == 0) ? -1 : Number(65_535);

        return new StepRecord
        {
            Number = _number,
            Kind = kind,
            Timestamp = _time,
            Signal = signal,
            Outcome = NextOutcome(signal < 0),
            LeafBefore = before,
            LeafAfter = _leaf,
            Queued = Number(70_000) - 1,
            Deferred = Number(70_000),
            NoteBytes = Notes.Length,
            DroppedNotes = random.Next(8) == 0 ? random.NextUInt32() : 0,
        };
    }

    private StepOutcome NextOutcome(bool isStart) => random.Next(isStart ? 1 : 4) switch
    {
        0 when isStart => StepOutcome.OfStart(Number(4_096)),
        0 => StepOutcome.OfTransition(Number((1 << 30) - 1)),
        1 => StepOutcome.OfHook(Number((1 << 30) - 1)),
        2 => StepOutcome.OfDynamic(Number((1 << 30) - 1), Number(65_535)),
        _ => StepOutcome.Ignored,
    };

    private int Number(ulong max) => (int)random.NextNumber(max);
}
