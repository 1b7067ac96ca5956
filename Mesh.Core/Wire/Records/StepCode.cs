using Mesh.Core.Wire.MessagePack;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Wire.Records;

/// <summary>The numbers by which steps travel (docs/wire-format.md §8).</summary>
internal static class StepCode
{
    private const uint Transition = 0;
    private const uint Hook = 1;
    private const uint Ignored = 2;
    private const uint Dynamic = 3;
    private const int KindBits = 2;
    private const uint KindMask = (1 << KindBits) - 1;

    /// <summary>A number that may be −1 (no signal, no state, no queues), as the wire has it: one more.</summary>
    public static uint OfNumber(int number) => (uint)(number + 1);

    /// <summary>The number that the wire has one more of.</summary>
    /// <returns><see langword="false"/> when no number is meant: it is beyond 2^31 − 1.</returns>
    public static bool TryReadNumber(uint code, out int number)
    {
        number = (int)code - 1;
        return code <= int.MaxValue;
    }

    /// <summary>Reads a number that may be −1.</summary>
    public static bool TryReadNumber(scoped ref MessageReader reader, out int number)
    {
        number = 0;
        return reader.TryReadUInt32(out var code) && TryReadNumber(code, out number);
    }

    /// <summary>Reads a number that is not negative.</summary>
    public static bool TryReadCount(scoped ref MessageReader reader, out int count)
    {
        var isRead = reader.TryReadUInt32(out var value);
        count = (int)value;
        return isRead && value <= int.MaxValue;
    }

    /// <summary>What became of an event, without the target of a dynamic transition.</summary>
    public static uint OfOutcome(in StepOutcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Transition => ((uint)outcome.Transition << KindBits) | Transition,
        OutcomeKind.Hook or OutcomeKind.Start => ((uint)outcome.State << KindBits) | Hook,
        OutcomeKind.Dynamic => ((uint)outcome.State << KindBits) | Dynamic,
        _ => Ignored,
    };

    /// <summary>What became of an event that was no start and went to no dynamic target.</summary>
    /// <returns><see langword="false"/> for a code that means something else or nothing.</returns>
    public static bool TryReadOutcome(uint code, out StepOutcome outcome)
    {
        var number = (int)(code >> KindBits);
        switch (code & KindMask)
        {
            case Transition:
                outcome = StepOutcome.OfTransition(number);
                return true;
            case Hook:
                outcome = StepOutcome.OfHook(number);
                return true;
            default:
                outcome = StepOutcome.Ignored;
                return code == Ignored;
        }
    }

    /// <summary>What became of any event, or of a start.</summary>
    /// <param name="code">The outcome.</param>
    /// <param name="target">The target of a dynamic transition, else −1.</param>
    /// <param name="isStart">Whether the step has no signal, so that its state is where the chart starts.</param>
    /// <param name="outcome">The outcome, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> for a code or a target that means nothing.</returns>
    public static bool TryReadOutcome(uint code, int target, bool isStart, out StepOutcome outcome)
    {
        var isDynamic = (code & KindMask) == Dynamic;
        if (isDynamic != (target >= 0))
        {
            outcome = default;
            return false;
        }

        if (isDynamic)
        {
            outcome = StepOutcome.OfDynamic((int)(code >> KindBits), target);
            return true;
        }

        if (isStart && (code & KindMask) == Hook)
        {
            outcome = StepOutcome.OfStart((int)(code >> KindBits));
            return true;
        }

        return TryReadOutcome(code, out outcome);
    }
}
