using System.Globalization;
using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>What spy and trace text share.</summary>
internal static class ChartText
{
    /// <summary>The name of a signal by its number; nothing when neither definition nor names have it.</summary>
    public static string? SignalName(ChartDefinition definition, ChartNames? names, int signal)
    {
        if ((uint)signal < (uint)definition.Signals.Count)
        {
            return definition.Signals[signal].Name;
        }

        string? name = null;
        names?.Signals.TryGet(signal, out name);
        return name;
    }

    /// <summary>The name of a state by its number; nothing when neither definition nor names have it.</summary>
    public static string? StateName(ChartDefinition definition, ChartNames? names, int state)
    {
        if (definition.IsState(state))
        {
            return definition.States[state].Name;
        }

        string? name = null;
        names?.States.TryGet(state, out name);
        return name;
    }

    /// <summary>The line that stands for a step that does not fit its definition.</summary>
    public static string Malformed(ulong number, string fault) =>
        string.Create(CultureInfo.InvariantCulture, $"malformed step {number}: {fault}");

    /// <summary>The line that says that the oldest notes of a step were not kept.</summary>
    public static string DroppedNotes(uint count) =>
        string.Create(CultureInfo.InvariantCulture, $"NOTES_DROPPED:{count}");
}
