using System.Buffers.Binary;
using Mesh.Core.Wire.MessagePack;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Wire.Records;

/// <summary>Writes the three forms of a step (docs/wire-format.md §8).</summary>
internal static class StepForms
{
    /// <summary>Elements of an absolute step.</summary>
    public const int AbsoluteFields = 14;

    /// <summary>Elements of a relative step.</summary>
    public const int RelativeFields = 8;

    /// <summary>Elements of a relative step with a dynamic target or with notes.</summary>
    public const int NotedFields = 11;

    /// <summary>The most that a relative step takes: header, kind, a time and six numbers.</summary>
    public const int MaxRelativeBytes = 1 + 1 + 9 + (6 * 5);

    /// <summary>Writes a step with all it says.</summary>
    public static void WriteAbsolute(
        ref MessageWriter writer,
        uint chart,
        in StepRecord step,
        long microseconds,
        scoped ReadOnlySpan<byte> notes)
    {
        writer.WriteArrayHeader(AbsoluteFields);
        writer.WriteUnsigned((byte)RecordKind.Step);
        writer.WriteUnsigned(chart);
        writer.WriteUnsigned(step.Number);
        writer.WriteUnsigned((byte)step.Kind);
        writer.WriteSigned(microseconds);
        writer.WriteUnsigned(StepCode.OfNumber(step.Signal));
        writer.WriteUnsigned(StepCode.OfOutcome(step.Outcome));
        writer.WriteUnsigned(StepCode.OfNumber(step.LeafBefore));
        writer.WriteUnsigned(StepCode.OfNumber(step.LeafAfter));
        writer.WriteUnsigned(StepCode.OfNumber(step.Queued));
        writer.WriteUnsigned((uint)step.Deferred);
        writer.WriteUnsigned(StepCode.OfNumber(step.Outcome.Target));
        writer.WriteUnsigned(step.DroppedNotes);
        writer.WriteBinary(notes);
    }

    /// <summary>Writes a relative step with its dynamic target and its notes.</summary>
    public static void WriteNoted(
        ref MessageWriter writer,
        uint chart,
        in StepRecord step,
        ulong elapsed,
        scoped ReadOnlySpan<byte> notes)
    {
        writer.WriteArrayHeader(NotedFields);
        writer.WriteUnsigned((byte)RecordKind.NotedStep);
        writer.WriteUnsigned(chart);
        writer.WriteUnsigned(elapsed);
        writer.WriteUnsigned(StepCode.OfNumber(step.Signal));
        writer.WriteUnsigned(StepCode.OfOutcome(step.Outcome));
        writer.WriteUnsigned(StepCode.OfNumber(step.LeafAfter));
        writer.WriteUnsigned(StepCode.OfNumber(step.Queued));
        writer.WriteUnsigned((uint)step.Deferred);
        writer.WriteUnsigned(StepCode.OfNumber(step.Outcome.Target));
        writer.WriteUnsigned(step.DroppedNotes);
        writer.WriteBinary(notes);
    }

    /// <summary>Writes a relative step.</summary>
    /// <param name="place">At least <see cref="MaxRelativeBytes"/>.</param>
    /// <param name="chart">The number of the instance.</param>
    /// <param name="step">The step.</param>
    /// <param name="elapsed">Microseconds since the chart's previous step in the frame.</param>
    /// <returns>How many bytes it took.</returns>
    public static int WriteRelative(Span<byte> place, uint chart, in StepRecord step, ulong elapsed)
    {
        var signal = StepCode.OfNumber(step.Signal);
        var outcome = StepCode.OfOutcome(step.Outcome);
        var after = StepCode.OfNumber(step.LeafAfter);
        var queued = StepCode.OfNumber(step.Queued);
        var deferred = (uint)step.Deferred;
        if ((chart | elapsed | signal | outcome | after | queued | deferred) > MessageFormat.MaxPositiveFixInt)
        {
            place[0] = MessageFormat.FixArray | RelativeFields;
            place[1] = (byte)RecordKind.RelativeStep;
            var length = 2;
            length += MessageInteger.WriteUnsigned(place[length..], chart);
            length += MessageInteger.WriteUnsigned(place[length..], elapsed);
            length += MessageInteger.WriteUnsigned(place[length..], signal);
            length += MessageInteger.WriteUnsigned(place[length..], outcome);
            length += MessageInteger.WriteUnsigned(place[length..], after);
            length += MessageInteger.WriteUnsigned(place[length..], queued);
            length += MessageInteger.WriteUnsigned(place[length..], deferred);
            return length;
        }

        // Of small numbers, as most steps are, nine bytes whose first eight are one number: half the time of the above.
        BinaryPrimitives.WriteUInt64LittleEndian(
            place,
            MessageFormat.FixArray | RelativeFields
            | ((ulong)RecordKind.RelativeStep << 8)
            | ((ulong)chart << 16)
            | (elapsed << 24)
            | ((ulong)signal << 32)
            | ((ulong)outcome << 40)
            | ((ulong)after << 48)
            | ((ulong)queued << 56));
        place[sizeof(ulong)] = (byte)deferred;
        return sizeof(ulong) + 1;
    }
}
