namespace Mesh.Statecharts.Expressions;

/// <summary>The content of an array or object: immutable, its size known, so that sharing cannot make it
/// explode.</summary>
internal sealed class DataList
{
    /// <summary>Keeps the values, which nobody changes afterwards.</summary>
    /// <exception cref="DataException">They are too many or lie too deep.</exception>
    public DataList(DataValue[] values, string[]? names)
    {
        Values = values;
        Names = names;
        long count = values.Length;
        foreach (var value in values)
        {
            count += value.Count;
            Depth = Math.Max(Depth, value.Depth);
        }

        Depth++;
        if (count > DataLimits.MaxValueCount || Depth > DataLimits.MaxValueDepth)
        {
            throw new DataException(Depth > DataLimits.MaxValueDepth
                ? $"a value lies deeper than {DataLimits.MaxValueDepth}"
                : $"a value holds more than {DataLimits.MaxValueCount} others");
        }

        Count = (int)count;
    }

    /// <summary>The values in their order.</summary>
    public DataValue[] Values { get; }

    /// <summary>Their names, each once; nothing for an array.</summary>
    public string[]? Names { get; }

    /// <summary>How many values are inside, at all depths.</summary>
    public int Count { get; }

    /// <summary>How deep they lie; 1 when nothing lies in them.</summary>
    public int Depth { get; }

    /// <summary>The place of a name, or -1.</summary>
    public int Find(string name) => Array.IndexOf(Names!, name);
}
