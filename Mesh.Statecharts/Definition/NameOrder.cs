namespace Mesh.Statecharts.Definition;

/// <summary>Finds a name that is there twice by sorting: a peer cannot choose names that make it slow.</summary>
/// <param name="chart">Whose names.</param>
/// <param name="places">Where in the canonical bytes they are.</param>
internal readonly struct NameOrder(PackedChart chart, int[] places) : IComparer<ushort>
{
    /// <summary>Finds a name that is there twice.</summary>
    /// <returns>The number of the second one; null when all names differ.</returns>
    public int? FindTwice()
    {
        var order = new ushort[places.Length];
        for (var number = 0; number < order.Length; number++)
        {
            order[number] = (ushort)number;
        }

        order.AsSpan().Sort(this);
        for (var place = 1; place < order.Length; place++)
        {
            if (chart.NameAt(places[order[place]]).SequenceEqual(chart.NameAt(places[order[place - 1]])))
            {
                return order[place];
            }
        }

        return null;
    }

    /// <summary>Orders two by their names, and by their numbers when those are equal.</summary>
    public int Compare(ushort left, ushort right) =>
        chart.NameAt(places[left]).SequenceCompareTo(chart.NameAt(places[right])) is var difference and not 0
            ? difference
            : left - right;
}
