using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>The spy as text, as miros 4.2.1 prints it, out of a definition and a step record. Pure and total.</summary>
public static class SpyText
{
    /// <summary>The most lines of a step that are told; older ones of the same step are cut. The queue line comes on
    /// top.</summary>
    public const int MaxStepLines = 250;

    /// <summary>Adds the lines of one step.</summary>
    /// <param name="definition">The chart.</param>
    /// <param name="record">The step; untrusted.</param>
    /// <param name="notes">Its notes; untrusted.</param>
    /// <param name="names">Names beyond the definition; <see langword="null"/> when there are none.</param>
    /// <param name="lines">
    /// Where the lines are added: one <c>malformed ..</c> line when the record or a note does not fit the definition.
    /// </param>
    public static void Expand(
        ChartDefinition definition,
        in StepRecord record,
        ReadOnlySpan<byte> notes,
        ChartNames? names,
        List<string> lines)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(lines);
        var first = lines.Count;
        if (!TryExpand(definition, record, notes, names, lines, out var fault))
        {
            lines.RemoveRange(first, lines.Count - first);
            lines.Add(ChartText.Malformed(record.Number, fault));
            return;
        }

        var excess = lines.Count - first - MaxStepLines;
        if (excess > 0)
        {
            lines.RemoveRange(first, excess);
            if (record.DroppedNotes > 0 && definition.Profile == Profile.Scxml)
            {
                // miros is silent about what is cut; this profile is not.
                lines[first] = ChartText.DroppedNotes(record.DroppedNotes);
            }
        }

        if (record.Queued != StepRecord.NoQueues && record.Kind != StepKind.Fault)
        {
            lines.Add(string.Create(
                CultureInfo.InvariantCulture, $"<- Queued:({record.Queued}) Deferred:({record.Deferred})"));
        }
    }

    private static bool TryExpand(
        ChartDefinition definition,
        in StepRecord record,
        ReadOnlySpan<byte> notes,
        ChartNames? names,
        List<string> lines,
        [NotNullWhen(false)] out string? fault)
    {
        if (definition.Profile == Profile.Scxml)
        {
            var scxml = new ScxmlExpansion(definition, record, notes, names, lines);
            return scxml.TryRun(out fault);
        }

        var samek = new SpyExpansion(definition, record, notes, names, lines);
        return samek.TryRun(out fault);
    }
}
