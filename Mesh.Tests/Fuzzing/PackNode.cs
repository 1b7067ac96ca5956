using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Mesh.Tests.Fuzzing;

/// <summary>A MessagePack value that can be changed without respect for its rules.</summary>
internal sealed class PackNode
{
    private const byte Binary16 = 0xc5;
    private const byte Binary32 = 0xc6;
    private const byte FixArray = 0x90;
    private const byte Array16 = 0xdc;
    private const byte Array32 = 0xdd;

    /// <summary>A value as it is encoded; not used while there are items.</summary>
    public byte[] Raw { get; set; } = [];

    /// <summary>The elements of an array, or the values inside a binary; null for every other value.</summary>
    public List<PackNode>? Items { get; set; }

    /// <summary>Whether the items lie inside a binary.</summary>
    public bool IsBinary { get; set; }

    /// <summary>Written instead of the true header: a lie about what follows.</summary>
    public byte[]? Head { get; set; }

    /// <summary>An array, or a binary with values inside.</summary>
    public bool HasItems => Items is not null;

    /// <summary>A copy that shares nothing.</summary>
    public PackNode Clone() => new()
    {
        Raw = Raw,
        Items = Items?.ConvertAll(item => item.Clone()),
        IsBinary = IsBinary,
        Head = Head,
    };

    /// <summary>Writes the value.</summary>
    /// <param name="output">Where the bytes are added.</param>
    public void Write(List<byte> output)
    {
        if (Items is null)
        {
            output.AddRange(Head.AsSpan());
            output.AddRange(Raw.AsSpan());
            return;
        }

        if (!IsBinary)
        {
            output.AddRange(Head ?? HeadOfArray(Items.Count));
            Items.ForEach(item => item.Write(output));
            return;
        }

        var inside = new List<byte>();
        Items.ForEach(item => item.Write(inside));
        output.AddRange(Head ?? HeadOfBinary(inside.Count));
        output.AddRange(CollectionsMarshal.AsSpan(inside));
    }

    /// <summary>The header of an array in its shortest form.</summary>
    public static byte[] HeadOfArray(int count)
    {
        var head = new byte[5];
        switch (count)
        {
            case < 16:
                return [(byte)(FixArray | count)];
            case <= ushort.MaxValue:
                head[0] = Array16;
                BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(1), (ushort)count);
                return head[..3];
            default:
                head[0] = Array32;
                BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(1), (uint)count);
                return head;
        }
    }

    /// <summary>The header of a binary in its shortest form.</summary>
    public static byte[] HeadOfBinary(int length)
    {
        var head = new byte[5];
        switch (length)
        {
            case <= byte.MaxValue:
                return [0xc4, (byte)length];
            case <= ushort.MaxValue:
                head[0] = Binary16;
                BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(1), (ushort)length);
                return head[..3];
            default:
                head[0] = Binary32;
                BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(1), (uint)length);
                return head;
        }
    }
}
