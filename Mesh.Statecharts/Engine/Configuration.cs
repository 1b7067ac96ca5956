using System.Numerics;
using System.Text;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Engine;

/// <summary>A set of active states that a chart of the Scxml profile has settled in; immutable.</summary>
internal sealed class Configuration
{
    // What a record of a name may hold; a longer text is cut after a whole name.
    private const int MaxNumberedBytes = 256;

    private readonly ChartDefinition _definition;
    private readonly int[] _leaves;
    private string? _name;

    public Configuration(ChartDefinition definition, Topology topology, ReadOnlySpan<ulong> active)
    {
        _definition = definition;
        Active = active.ToArray();
        _leaves = LeavesOf(topology, Active);
    }

    /// <summary>The active states.</summary>
    public ulong[] Active { get; }

    /// <summary>The innermost ones by name, in document order, joined by commas.</summary>
    public string Name => _name ??= string.Join(',', _leaves.Select(leaf => _definition.States[leaf].Name));

    /// <summary>
    /// The number by which records speak of it: that of its only innermost state, else a number beyond the
    /// definition, whose name in the table is <see cref="Name"/>. The chart's thread alone asks.
    /// </summary>
    public int NumberIn(NameTable names)
    {
        if (Number < 0)
        {
            Number = _leaves.Length == 1 ? _leaves[0] : names.NumberOf(ShortName());
        }

        return Number;
    }

    private int Number { get; set; } = -1;

    private static int[] LeavesOf(Topology topology, ulong[] active)
    {
        var leaves = new List<int>();
        for (var word = 0; word < active.Length; word++)
        {
            for (var bits = active[word] & topology.Atomic[word]; bits != 0; bits &= bits - 1)
            {
                leaves.Add((word << 6) + BitOperations.TrailingZeroCount(bits));
            }
        }

        return [.. leaves];
    }

    private string ShortName()
    {
        var name = Name;
        while (Encoding.UTF8.GetByteCount(name) > MaxNumberedBytes)
        {
            var end = name.EndsWith(",...", StringComparison.Ordinal) ? name.Length - 4 : name.Length;
            var comma = name.AsSpan(0, end).LastIndexOf(',');
            name = name[..Math.Max(comma, 0)] + ",...";
        }

        return name;
    }
}
