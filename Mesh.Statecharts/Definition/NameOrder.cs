namespace Mesh.Statecharts.Definition;

/// <summary>Finds a name that is there twice by sorting: a peer cannot choose names that make it slow.</summary>
internal static class NameOrder
{
    /// <summary>Gives a name.</summary>
    /// <param name="number">Which one.</param>
    /// <returns>The name, as UTF-8.</returns>
    internal delegate ReadOnlySpan<byte> Naming(int number);

    /// <summary>Finds a name that is there twice.</summary>
    /// <param name="count">How many names there are, at most 65,536.</param>
    /// <param name="nameOf">Gives each.</param>
    /// <returns>The number of the second one; null when all names differ.</returns>
    public static int? FindTwice(int count, Naming nameOf)
    {
        var order = new ushort[count];
        for (var number = 0; number < count; number++)
        {
            order[number] = (ushort)number;
        }

        order.AsSpan().Sort((left, right) =>
            nameOf(left).SequenceCompareTo(nameOf(right)) is var difference and not 0 ? difference : left - right);
        for (var place = 1; place < count; place++)
        {
            if (nameOf(order[place]).SequenceEqual(nameOf(order[place - 1])))
            {
                return order[place];
            }
        }

        return null;
    }
}
