using System.Buffers.Binary;
using System.Text;

namespace Mesh.Statecharts.Definition;

/// <summary>Writes MessagePack in one way only: shortest forms, arrays, unsigned integers, strings and nil.</summary>
internal sealed class CanonicalWriter
{
    private readonly List<byte> _bytes = [];

    /// <summary>How many bytes were written.</summary>
    public int Length => _bytes.Count;

    /// <summary>A copy of what was written.</summary>
    public byte[] ToArray() => [.. _bytes];

    /// <summary>Begins an array of this many items.</summary>
    public void ArrayHeader(int count)
    {
        if (count < 16)
        {
            _bytes.Add((byte)(0x90 | count));
        }
        else if (count <= ushort.MaxValue)
        {
            Tagged16(0xdc, (ushort)count);
        }
        else
        {
            Tagged32(0xdd, (uint)count);
        }
    }

    /// <summary>An integer; one that is negative, and so refused later, as 2^32 more.</summary>
    public void Integer(int value)
    {
        if ((uint)value < 0x80)
        {
            _bytes.Add((byte)value);
        }
        else if ((uint)value <= byte.MaxValue)
        {
            _bytes.Add(0xcc);
            _bytes.Add((byte)value);
        }
        else if ((uint)value <= ushort.MaxValue)
        {
            Tagged16(0xcd, (ushort)value);
        }
        else
        {
            Tagged32(0xce, (uint)value);
        }
    }

    /// <summary>An integer, or nil.</summary>
    public void IntegerOrNil(int? value)
    {
        if (value is { } number)
        {
            Integer(number);
        }
        else
        {
            _bytes.Add(0xc0);
        }
    }

    /// <summary>A string, or nil.</summary>
    public void TextOrNil(string? text)
    {
        if (text is not null)
        {
            Text(text);
        }
        else
        {
            _bytes.Add(0xc0);
        }
    }

    /// <summary>A string, as UTF-8.</summary>
    public void Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (utf8.Length < 32)
        {
            _bytes.Add((byte)(0xa0 | utf8.Length));
        }
        else if (utf8.Length <= byte.MaxValue)
        {
            _bytes.Add(0xd9);
            _bytes.Add((byte)utf8.Length);
        }
        else
        {
            Tagged16(0xda, checked((ushort)utf8.Length));
        }

        _bytes.AddRange(utf8);
    }

    private void Tagged16(byte tag, ushort value)
    {
        Span<byte> bytes = [tag, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(bytes[1..], value);
        _bytes.AddRange(bytes);
    }

    private void Tagged32(byte tag, uint value)
    {
        Span<byte> bytes = [tag, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], value);
        _bytes.AddRange(bytes);
    }
}
