using System.Buffers.Binary;

namespace Mesh.Tests.Fuzzing;

/// <summary>Mutations that know MessagePack: what they make is mostly well-formed, and wrong in one place.</summary>
internal static class PackMutations
{
    private const int MaxNesting = 10_000;

    private static readonly ulong[] Edges =
    [
        0, 1, 2, 127, 128, 255, 256, 480, 511, 512, 4_095, 4_096, 8_192, 8_193, 32_767, 32_768, 65_535, 65_536,
        int.MaxValue, 1UL << 31, uint.MaxValue, 1UL << 32, 1UL << 62, (1UL << 62) + 1, long.MaxValue, 1UL << 63,
        ulong.MaxValue - 8_192, ulong.MaxValue - 1, ulong.MaxValue,
    ];

    // Maps and extensions are no part of the protocol; lengths are of what is not there.
    private static readonly byte[][] Lies =
    [
        [0xdd, 0xff, 0xff, 0xff, 0xff], [0xdd, 0x00, 0x10, 0x00, 0x00], [0xdc, 0xff, 0xff], [0x9f],
        [0xdf, 0xff, 0xff, 0xff, 0xff], [0xde, 0xff, 0xff], [0x8f], [0x81, 0xa1, 0x61],
        [0xc6, 0xff, 0xff, 0xff, 0xff], [0xc6, 0x7f, 0xff, 0xff, 0xff], [0xc6, 0x80, 0x00, 0x00, 0x00],
        [0xc5, 0xff, 0xff],
        [0xdb, 0xff, 0xff, 0xff, 0xff], [0xdb, 0x7f, 0xff, 0xff, 0xff], [0xda, 0xff, 0xff], [0xd9, 0xff], [0xbf],
        [0xc9, 0xff, 0xff, 0xff, 0xff, 0x01], [0xd8, 0x01], [0xc1],
    ];

    private static readonly byte[][] Others =
    [
        [0xc0], [0xc2], [0xc3], [0x90], [0x91, 0xc0], [0xa0], [0xa1, 0x61], [0xc4, 0x00], [0xc4, 0x01, 0xff], [0x80],
        [0xcb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0], [0xcb, 0xff, 0xf0, 0, 0, 0, 0, 0, 0], [0xca, 0x7f, 0x80, 0, 0],
        [0xd6, 0xff, 0, 0, 0, 0], [0xa2, 0xc3, 0x28], [0xa3, 0xed, 0xa0, 0x80], [0xa4, 0xf4, 0x90, 0x80, 0x80],
        [0xa1, 0x80], [0xa1, 0x00], [0xa3, 0xe2, 0x80, 0xae], [0xa2, 0xc0, 0x80], [0xcc, 0x05], [0xcd, 0x00, 0x05],
        [0xd0, 0x05], [0xc5, 0x00, 0x01, 0x61], [0xd9, 0x01, 0x61], [0xdc, 0x00, 0x01, 0xc0],
    ];

    /// <summary>Changes one place.</summary>
    /// <param name="nodes">The values; changed.</param>
    /// <param name="donor">Another input, to take values from.</param>
    /// <param name="random">Decides.</param>
    public static void Mutate(List<PackNode> nodes, Func<List<PackNode>> donor, Random random)
    {
        var places = Count(nodes);
        if (places == 0)
        {
            nodes.Add(Any(random));
            return;
        }

        var (list, index) = Place(nodes, random.Next(places));
        switch (random.Next(12))
        {
            case 0 or 1:
                list[index] = Number(random);
                break;
            case 2:
                list[index] = Any(random);
                break;
            case 3:
                list[index].Head = Lies[random.Next(Lies.Length)];
                break;
            case 4:
                list[index] = Nested(random);
                break;
            case 5:
                list.Insert(random.Next(list.Count + 1), list[index].Clone());
                break;
            case 6:
                list.RemoveAt(index);
                break;
            case 7:
                list[index] = Sized(list[index], random);
                break;
            case 8:
                Grow(list[index].Items ?? list, random);
                break;
            case 9:
                (list[index], list[0]) = (list[0], list[index]);
                break;
            case 10:
                OffByOne(list[index], random);
                break;
            default:
                var others = donor();
                if (Count(others) is var count and > 0)
                {
                    var (from, at) = Place(others, random.Next(count));
                    list[index] = from[at].Clone();
                }

                break;
        }
    }

    // All values, those inside of others counted after them.
    private static int Count(List<PackNode> nodes)
    {
        var count = nodes.Count;
        foreach (var node in nodes)
        {
            count += node.Items is { } items ? Count(items) : 0;
        }

        return count;
    }

    private static (List<PackNode> List, int Index) Place(List<PackNode> nodes, int number) =>
        TryPlace(nodes, ref number) ?? throw new ArgumentOutOfRangeException(nameof(number));

    private static (List<PackNode> List, int Index)? TryPlace(List<PackNode> nodes, ref int number)
    {
        for (var index = 0; index < nodes.Count; index++)
        {
            if (number-- == 0)
            {
                return (nodes, index);
            }

            if (nodes[index].Items is { } items && TryPlace(items, ref number) is { } place)
            {
                return place;
            }
        }

        return null;
    }

    private static PackNode Any(Random random) => new() { Raw = Others[random.Next(Others.Length)] };

    private static PackNode Number(Random random)
    {
        var edge = Edges[random.Next(Edges.Length)];
        edge = random.Next(4) == 0 ? edge + (ulong)random.Next(-2, 3) : edge;
        var bytes = new byte[9];
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1), edge);
        if (random.Next(4) == 0)
        {
            // A signed form, and mostly not the shortest.
            bytes[0] = 0xd3;
            return new PackNode { Raw = bytes };
        }

        bytes[0] = 0xcf;
        var size = random.Next(8) == 0 ? 9
            : edge < 128 ? 0 : edge <= byte.MaxValue ? 1 : edge <= ushort.MaxValue ? 2 : edge <= uint.MaxValue ? 4 : 8;
        return new PackNode
        {
            Raw = size switch
            {
                0 => [(byte)edge],
                1 => [0xcc, bytes[8]],
                2 => [0xcd, .. bytes[7..]],
                4 => [0xce, .. bytes[5..]],
                _ => bytes,
            },
        };
    }

    private static PackNode Nested(Random random)
    {
        var depth = random.Next(10) == 0 ? random.Next(1, MaxNesting) : random.Next(1, 12);
        var raw = new byte[depth + 1];
        Array.Fill(raw, (byte)0x91);
        raw[depth] = 0xc0;
        return new PackNode { Raw = raw };
    }

    // The same kind with another length: around the limits of fields, with the content to go with it.
    private static PackNode Sized(PackNode node, Random random)
    {
        int[] lengths =
            [0, 1, 15, 16, 17, 20, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 2_047, 8_192, 8_193];
        var length = lengths[random.Next(lengths.Length)];
        if (node.HasItems && !node.IsBinary)
        {
            var item = node.Items!.Count > 0 ? node.Items[random.Next(node.Items.Count)] : Any(random);
            return new PackNode { Items = [.. Enumerable.Range(0, length).Select(_ => item.Clone())] };
        }

        var content = new byte[length];
        if (random.Next(2) == 0)
        {
            random.NextBytes(content);
            return new PackNode { Raw = [.. PackNode.HeadOfBinary(length), .. content] };
        }

        Array.Fill(content, (byte)random.Next(0x20, 0x7f));
        return new PackNode { Raw = [.. HeadOfText(length), .. content] };
    }

    private static byte[] HeadOfText(int length) => length switch
    {
        < 32 => [(byte)(0xa0 | length)],
        <= byte.MaxValue => [0xd9, (byte)length],
        _ => [0xda, (byte)(length >> 8), (byte)length],
    };

    private static void Grow(List<PackNode> list, Random random)
    {
        for (var count = random.Next(20) == 0 ? random.Next(2_000) : random.Next(1, 4); count > 0; count--)
        {
            list.Add(random.Next(3) == 0 ? Nested(random) : Any(random));
        }
    }

    // A header that counts one more or one less than there is.
    private static void OffByOne(PackNode node, Random random)
    {
        var change = random.Next(2) == 0 ? 1 : -1;
        if (node.Items is { } items && !node.IsBinary)
        {
            node.Head = PackNode.HeadOfArray(Math.Max(0, items.Count + change));
        }
        else if (node.Raw.Length > 1)
        {
            var raw = (byte[])node.Raw.Clone();
            var at = raw[0] is >= 0xa0 and <= 0xbf ? 0 : raw[0] is 0xc5 or 0xda ? 2 : 1;
            raw[at] += (byte)change;
            node.Raw = raw;
        }
    }
}
