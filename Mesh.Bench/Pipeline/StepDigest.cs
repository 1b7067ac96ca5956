using Mesh.Core.Foreign;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Bench.Pipeline;

/// <summary>A number that follows from the last step of a chart: equal where it ran and where it is viewed.</summary>
internal static class StepDigest
{
    /// <summary>Where it ran.</summary>
    public static long Of(StepRing ring, ChartDefinition definition)
    {
        var next = ring.Head - 1;
        var result = ring.TryRead(ref next, out var step, new byte[NoteWriter.MaxBytes], out _, out _);
        return result != StepReadResult.Read ? -1 : Of(
            (long)step.Number,
            step.Signal < 0 ? string.Empty : definition.Signals[step.Signal].Name,
            definition.States[step.LeafAfter].Name);
    }

    /// <summary>Where it is viewed.</summary>
    public static long Of(ForeignHsm chart) =>
        chart.Steps() is [.., var step] ? Of((long)step.Number, step.Signal, step.To) : -1;

    private static long Of(long number, string signal, string state)
    {
        var digest = number;
        foreach (var letter in $"{signal}/{state}")
        {
            digest = unchecked((digest * 31) + letter);
        }

        return digest;
    }
}
