namespace Mesh.Tests.Fuzzing;

/// <summary>Makes the inputs of one target out of its valid ones; each from the seed and its number alone.</summary>
/// <param name="target">Whose inputs.</param>
/// <param name="seed">Equal seeds give equal inputs.</param>
internal sealed class Mutator(IFuzzTarget target, int seed)
{
    private const int MaxInputBytes = 160 * 1024;

    private readonly IReadOnlyList<byte[]> _corpus = target.MakeCorpus(new Random(seed));

    // Taken apart once each: most of an input stays as it was.
    private readonly Dictionary<byte[], List<PackNode>> _trees = [];

    /// <summary>The valid inputs.</summary>
    public IReadOnlyList<byte[]> Corpus => _corpus;

    /// <summary>Makes an input.</summary>
    /// <param name="number">Which one; any number.</param>
    public byte[] Make(long number)
    {
        var random = new Random((int)Mix((ulong)number + ((ulong)(uint)seed << 32)));
        var chosen = Pick(random);
        if (random.Next(100) == 0)
        {
            return chosen;
        }

        var selector = chosen[..target.SelectorBytes];
        if (selector.Length > 0 && random.Next(10) == 0)
        {
            selector[random.Next(selector.Length)] = (byte)random.Next(256);
        }

        var isStructured = target.Words.Count == 0 && random.Next(3) > 0;
        var payload = isStructured
            ? MutateValues(chosen, random)
            : MutateBytes(chosen.AsSpan(target.SelectorBytes), random);
        return [.. selector, .. payload.AsSpan(0, Math.Min(payload.Length, MaxInputBytes))];
    }

    private byte[] MutateValues(byte[] chosen, Random random)
    {
        var nodes = TreeOf(chosen).ConvertAll(node => node.Clone());
        for (var count = Changes(random); count > 0; count--)
        {
            PackMutations.Mutate(nodes, () => TreeOf(Pick(random)), random);
        }

        var mutated = PackTree.Write(nodes);
        return random.Next(8) == 0 ? MutateBytes(mutated, random) : mutated;
    }

    private List<PackNode> TreeOf(byte[] input)
    {
        if (!_trees.TryGetValue(input, out var tree))
        {
            tree = PackTree.Parse(input.AsSpan(target.SelectorBytes));
            _trees.Add(input, tree);
        }

        return tree;
    }

    private byte[] MutateBytes(ReadOnlySpan<byte> payload, Random random)
    {
        var bytes = new List<byte>(payload.Length);
        bytes.AddRange(payload);
        for (var count = Changes(random); count > 0; count--)
        {
            ByteMutations.Mutate(bytes, Pick(random).AsSpan(target.SelectorBytes), target.Words, random);
        }

        return [.. bytes];
    }

    private byte[] Pick(Random random) => _corpus[random.Next(_corpus.Count)];

    // One change most often: what is wrong in one place gets furthest.
    private static int Changes(Random random)
    {
        var count = 1;
        while (count < 8 && random.Next(2) == 0)
        {
            count++;
        }

        return count;
    }

    // The finalizer of SplitMix64: numbers in a row give seeds that have nothing in common.
    private static ulong Mix(ulong value)
    {
        value += 0x9e37_79b9_7f4a_7c15;
        value = (value ^ (value >> 30)) * 0xbf58_476d_1ce4_e5b9;
        value = (value ^ (value >> 27)) * 0x94d0_49bb_1331_11eb;
        return value ^ (value >> 31);
    }
}
