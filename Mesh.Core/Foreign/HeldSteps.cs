using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Foreign;

/// <summary>Steps that are told later, first in, first out, in about twenty bytes each.</summary>
/// <remarks>
/// Each is kept as what differs from the one before: a frame may make thousands of steps wait, and as objects they
/// would take ten times what they took in the frame.
/// </remarks>
internal sealed class HeldSteps
{
    private const int BlockBytes = 1_024;
    private const int NumberBits = 7;
    private const byte MoreBytes = 0x80;

    // Sixteen numbers of any size.
    private const int MaxStepBytes = 16 * 10;

    private readonly Queue<byte[]> _blocks = new();
    private byte[] _last = [];
    private int _written = BlockBytes;
    private int _read;
    private int _count;
    private StepRecord _lastWritten;
    private StepRecord _lastRead;
    private FrameClock _clockWritten;
    private FrameClock _clockRead;

    /// <summary>Adds a step at the end.</summary>
    /// <param name="step">The step.</param>
    /// <param name="clock">The clocks of its frame.</param>
    public void Enqueue(in StepRecord step, in FrameClock clock)
    {
        if (_written > BlockBytes - MaxStepBytes)
        {
            _last = new byte[BlockBytes];
            _blocks.Enqueue(_last);
            _written = 0;
        }

        var before = _lastWritten;
        Write((long)(step.Number - before.Number));
        Write(unchecked(step.Timestamp - before.Timestamp));
        Write(((long)step.Kind << 8) | (long)step.Outcome.Kind);
        Write(step.Signal);
        Write(step.Outcome.Transition);
        Write(step.Outcome.State);
        Write(step.Outcome.Target);
        Write(step.LeafBefore);
        Write(step.LeafAfter);
        Write(step.Queued);
        Write(step.Deferred);
        Write(step.NoteBytes);
        Write(step.DroppedNotes);
        Write(unchecked(clock.DifferenceMicroseconds - _clockWritten.DifferenceMicroseconds));
        Write(clock.OffsetMinutes);
        _lastWritten = step;
        _clockWritten = clock;
        _count++;
    }

    /// <summary>Takes the first step. There must be one.</summary>
    /// <param name="clock">The clocks of its frame.</param>
    public StepRecord Dequeue(out FrameClock clock)
    {
        if (_read > BlockBytes - MaxStepBytes)
        {
            _ = _blocks.Dequeue();
            _read = 0;
        }

        var before = _lastRead;
        var number = before.Number + (ulong)Read();
        var timestamp = unchecked(before.Timestamp + Read());
        var kinds = Read();
        var signal = (int)Read();
        var outcome = OutcomeOf((OutcomeKind)(byte)kinds, (int)Read(), (int)Read(), (int)Read());
        _lastRead = new StepRecord
        {
            Number = number,
            Timestamp = timestamp,
            Kind = (StepKind)(kinds >> 8),
            Signal = signal,
            Outcome = outcome,
            LeafBefore = (int)Read(),
            LeafAfter = (int)Read(),
            Queued = (int)Read(),
            Deferred = (int)Read(),
            NoteBytes = (int)Read(),
            DroppedNotes = (uint)Read(),
        };
        var difference = unchecked(_clockRead.DifferenceMicroseconds + Read());
        clock = _clockRead = new FrameClock(difference, (short)Read());
        _count--;
        if (_count == 0)
        {
            Clear();
        }

        return _lastRead;
    }

    private static StepOutcome OutcomeOf(OutcomeKind kind, int transition, int state, int target) => kind switch
    {
        OutcomeKind.Transition => StepOutcome.OfTransition(transition),
        OutcomeKind.Hook => StepOutcome.OfHook(state),
        OutcomeKind.Dynamic => StepOutcome.OfDynamic(state, target),
        OutcomeKind.Start => StepOutcome.OfStart(state),
        _ => StepOutcome.Ignored,
    };

    private void Clear()
    {
        _blocks.Clear();
        _last = [];
        _written = BlockBytes;
        _read = 0;
        _lastWritten = _lastRead;
        _clockWritten = _clockRead;
    }

    // Small numbers of either sign are short: 7 bits in a byte, the sign in the lowest.
    private void Write(long value)
    {
        var left = (ulong)((value << 1) ^ (value >> 63));
        for (; left >= MoreBytes; left >>= NumberBits)
        {
            _last[_written++] = (byte)(left | MoreBytes);
        }

        _last[_written++] = (byte)left;
    }

    private long Read()
    {
        var block = _blocks.Peek();
        var value = 0UL;
        var shift = 0;
        byte next;
        do
        {
            next = block[_read++];
            value |= (ulong)(next & ~MoreBytes) << shift;
            shift += NumberBits;
        }
        while ((next & MoreBytes) != 0);

        return (long)(value >> 1) ^ -(long)(value & 1);
    }
}
