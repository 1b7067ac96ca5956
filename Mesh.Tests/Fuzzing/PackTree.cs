using System.Buffers.Binary;

namespace Mesh.Tests.Fuzzing;

/// <summary>Takes MessagePack apart for mutations: a reader of its own, that trusts and checks nothing.</summary>
internal static class PackTree
{
    private const int MaxDepth = 12;
    private const int MinNestedBytes = 6;

    /// <summary>Reads as many values as there are, one after another.</summary>
    /// <param name="source">The bytes.</param>
    /// <returns>The values; what is no value at the end is one more, as it is.</returns>
    public static List<PackNode> Parse(ReadOnlySpan<byte> source) => Parse(source, 0);

    /// <summary>Writes values one after another.</summary>
    /// <param name="nodes">The values.</param>
    public static byte[] Write(List<PackNode> nodes)
    {
        var output = new List<byte>();
        nodes.ForEach(node => node.Write(output));
        return [.. output];
    }

    /// <summary>How long the first value is.</summary>
    /// <param name="source">The bytes.</param>
    /// <returns>Its length; 0 when there is none, or it is cut off.</returns>
    public static int LengthOf(ReadOnlySpan<byte> source) => LengthOf(source, 0);

    private static List<PackNode> Parse(ReadOnlySpan<byte> source, int depth)
    {
        var nodes = new List<PackNode>();
        while (!source.IsEmpty)
        {
            var length = LengthOf(source, depth);
            if (length == 0)
            {
                nodes.Add(new PackNode { Raw = source.ToArray() });
                return nodes;
            }

            nodes.Add(ParseOne(source[..length], depth));
            source = source[length..];
        }

        return nodes;
    }

    private static PackNode ParseOne(ReadOnlySpan<byte> value, int depth)
    {
        var (head, count, content) = Header(value);
        if (count >= 0)
        {
            return new PackNode { Items = Parse(value[head..], depth + 1) };
        }

        // A binary that is an array inside is fuzzed inside, too.
        var isNested = content >= MinNestedBytes && value[0] is >= 0xc4 and <= 0xc6 && depth < MaxDepth
            && value[head] is >= 0x91 and <= 0x9f && LengthOf(value[head..], depth + 1) > 0;
        return isNested
            ? new PackNode { Items = Parse(value[head..], depth + 1), IsBinary = true }
            : new PackNode { Raw = value.ToArray() };
    }

    private static int LengthOf(ReadOnlySpan<byte> source, int depth)
    {
        if (source.IsEmpty || depth > MaxDepth)
        {
            return 0;
        }

        var (head, count, content) = Header(source);
        if (head == 0 || head + content > source.Length)
        {
            return 0;
        }

        var length = head + (int)content;
        for (var left = count; left > 0; left--)
        {
            var item = LengthOf(source[length..], depth + 1);
            if (item == 0)
            {
                return 0;
            }

            length += item;
        }

        return length;
    }

    // Bytes of the header, elements of an array or -1, bytes of the content.
    private static (int Head, long Count, long Content) Header(ReadOnlySpan<byte> source) => source[0] switch
    {
        <= 0x7f or >= 0xe0 or 0xc0 or 0xc2 or 0xc3 => (1, -1, 0),
        >= 0x90 and <= 0x9f => (1, source[0] & 15, 0),
        >= 0xa0 and <= 0xbf => (1, -1, source[0] & 31),
        0xcc or 0xd0 => (1, -1, 1),
        0xcd or 0xd1 => (1, -1, 2),
        0xce or 0xd2 or 0xca => (1, -1, 4),
        0xcf or 0xd3 or 0xcb => (1, -1, 8),
        0xc4 or 0xd9 when source.Length > 1 => (2, -1, source[1]),
        0xc5 or 0xda when source.Length > 2 => (3, -1, BinaryPrimitives.ReadUInt16BigEndian(source[1..])),
        0xc6 or 0xdb when source.Length > 4 => (5, -1, BinaryPrimitives.ReadUInt32BigEndian(source[1..])),
        0xdc when source.Length > 2 => (3, BinaryPrimitives.ReadUInt16BigEndian(source[1..]), 0),
        0xdd when source.Length > 4 => (5, BinaryPrimitives.ReadUInt32BigEndian(source[1..]), 0),
        _ => (0, -1, 0),
    };
}
