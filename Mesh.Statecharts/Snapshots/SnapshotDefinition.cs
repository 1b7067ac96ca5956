using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Snapshots;

/// <summary>What a snapshot tells of the definition of its chart.</summary>
/// <param name="Hash">The hash of the definition.</param>
/// <param name="Version">The author's version.</param>
/// <param name="States">How many states it has.</param>
/// <param name="Transitions">How many transitions it has.</param>
/// <param name="Signals">How many signals it has.</param>
internal sealed record SnapshotDefinition(byte[] Hash, string Version, int States, int Transitions, int Signals)
{
    /// <summary>What a definition amounts to.</summary>
    public static SnapshotDefinition Of(ChartDefinition definition) => new(
        definition.Hash.ToArray(),
        definition.Version,
        definition.States.Count,
        definition.Transitions.Count,
        definition.Signals.Count);

    /// <summary>Says how another definition differs; <see langword="null"/> when it is the same.</summary>
    public string? DifferenceFrom(ChartDefinition definition)
    {
        var other = Of(definition);
        if (Hash.AsSpan().SequenceEqual(other.Hash))
        {
            return null;
        }

        var differences = new List<string>();
        if (Version != other.Version)
        {
            differences.Add($"version '{Version}', not '{other.Version}'");
        }

        Compare("states", States, other.States);
        Compare("transitions", Transitions, other.Transitions);
        Compare("signals", Signals, other.Signals);
        var what = differences.Count == 0 ? "as many states, transitions and signals" : string.Join(", ", differences);
        return $"the snapshot is of definition {Convert.ToHexStringLower(Hash)}, the chart has "
            + $"{Convert.ToHexStringLower(other.Hash)}; the snapshot has {what}";

        void Compare(string things, int own, int others)
        {
            if (own != others)
            {
                differences.Add($"{own} {things}, not {others}");
            }
        }
    }
}
