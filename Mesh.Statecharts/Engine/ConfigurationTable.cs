using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Engine;

/// <summary>The sets of active states that a running chart has settled in, so that it allocates nothing when it comes
/// back to one. One thread.</summary>
internal sealed class ConfigurationTable(ChartDefinition definition, Topology topology)
{
    private const int FirstCapacity = 8;

    // Past this many a set is made anew each time rather than kept.
    private const int MaxCount = 4_096;

    private Configuration?[] _entries = new Configuration?[FirstCapacity];
    private int _count;

    /// <summary>The set, which is copied when it is new.</summary>
    public Configuration Find(ReadOnlySpan<ulong> active)
    {
        var place = PlaceOf(active);
        return _entries[place] ?? Add(active, place);
    }

    private Configuration Add(ReadOnlySpan<ulong> active, int place)
    {
        var made = new Configuration(definition, topology, active);
        if (_count == MaxCount)
        {
            return made;
        }

        _entries[place] = made;
        _count++;
        if (2 * _count > _entries.Length)
        {
            var old = _entries;
            _entries = new Configuration?[2 * old.Length];
            foreach (var entry in old)
            {
                if (entry is not null)
                {
                    _entries[PlaceOf(entry.Active)] = entry;
                }
            }
        }

        return made;
    }

    // Where the set is, or where it would go.
    private int PlaceOf(ReadOnlySpan<ulong> active)
    {
        var hash = 0UL;
        foreach (var word in active)
        {
            hash = (hash ^ word) * 0x9e37_79b9_7f4a_7c15;
            hash ^= hash >> 32;
        }

        var mask = _entries.Length - 1;
        var place = (int)hash & mask;
        while (_entries[place] is { } entry && !active.SequenceEqual(entry.Active))
        {
            place = (place + 1) & mask;
        }

        return place;
    }
}
