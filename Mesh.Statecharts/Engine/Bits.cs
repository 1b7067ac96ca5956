using System.Numerics;

namespace Mesh.Statecharts.Engine;

/// <summary>Sets of states as bits.</summary>
internal static class Bits
{
    public static void Add(ulong[] set, int number) => set[number >> 6] |= 1UL << number;

    public static void Remove(ulong[] set, int number) => set[number >> 6] &= ~(1UL << number);

    public static bool Contains(ulong[] set, int number) => (set[number >> 6] >> number & 1) != 0;

    /// <summary>Whether the set has one of the numbers from <paramref name="first"/> to
    /// <paramref name="last"/>.</summary>
    public static bool HasIn(ulong[] set, int first, int last)
    {
        for (var word = first >> 6; word <= last >> 6; word++)
        {
            if ((set[word] & Range(word, first, last)) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The bits of one word that lie in a range.</summary>
    public static ulong Range(int word, int first, int last)
    {
        var from = first - (word << 6);
        var to = last - (word << 6);
        return from > 63 || to < 0 || from > to ? 0
            : (from <= 0 ? ulong.MaxValue : ulong.MaxValue << from)
            & (to >= 63 ? ulong.MaxValue : ulong.MaxValue >> (63 - to));
    }

    /// <summary>How many numbers are in the set.</summary>
    public static int Count(ReadOnlySpan<ulong> set)
    {
        var count = 0;
        foreach (var word in set)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }
}
