using System.Buffers.Binary;
using System.Text.Unicode;

namespace Mesh.Statecharts.Definition;

/// <summary>Reads the canonical form of a definition from untrusted bytes: shortest forms, and nothing else.</summary>
/// <remarks>
/// Every read tries: it gives <see langword="false"/> for a value of another type, cut off, beyond its limit or not in
/// its shortest form; callers give up there. Never throws and allocates nothing. Pass it by reference.
/// </remarks>
/// <param name="source">The bytes. What is read as text points into them.</param>
/// <param name="position">Where to begin.</param>
internal ref struct CanonicalReader(ReadOnlySpan<byte> source, int position = 0)
{
    private const byte Nil = 0xc0;
    private const int MaxFixedNumber = 0x7f;
    private const int MaxFixedCount = 15;
    private const int MaxFixedText = 31;

    private readonly ReadOnlySpan<byte> _source = source;
    private int _position = position;

    /// <summary>How many bytes were read.</summary>
    public readonly int Position => _position;

    /// <summary>Whether nothing follows.</summary>
    public readonly bool IsAtEnd => _position == _source.Length;

    /// <summary>How many bytes follow.</summary>
    public readonly int BytesLeft => _source.Length - _position;

    private readonly int Tag => (uint)_position < (uint)_source.Length ? _source[_position] : -1;

    /// <summary>The bytes from an earlier position to the present one.</summary>
    /// <param name="start">The position.</param>
    public readonly ReadOnlySpan<byte> ReadSince(int start) => _source[start.._position];

    /// <summary>Reads the header of an array that may have grown at its end.</summary>
    /// <param name="known">How many elements are known; fewer are a refusal.</param>
    /// <param name="unknown">How many follow them.</param>
    public bool TryReadArray(int known, out int unknown)
    {
        var isRead = TryReadCount(int.MaxValue, out var count) && count >= known;
        unknown = count - known;
        return isRead;
    }

    /// <summary>Reads the header of a list.</summary>
    /// <param name="max">The most items that it may have.</param>
    /// <param name="count">How many items follow: never more than there are bytes left.</param>
    public bool TryReadCount(int max, out int count)
    {
        var isRead = TryReadHead(0x90, MaxFixedCount, 0xdc, out var read);
        count = (int)Math.Min(read, int.MaxValue);
        return isRead && count <= max && count <= BytesLeft;
    }

    /// <summary>Reads an unsigned integer of up to 32 bits; one beyond 2^31 − 1 comes out negative.</summary>
    /// <param name="value">The number.</param>
    public bool TryReadNumber(out int value)
    {
        var tag = Tag;
        if ((uint)tag <= MaxFixedNumber)
        {
            value = tag;
            _position++;
            return true;
        }

        var isRead = tag is >= 0xcc and <= 0xce;
        var wide = 0u;
        isRead = isRead && TryReadLength(1 << (tag - 0xcc), Shorter(tag - 0xcc, MaxFixedNumber), out wide);
        value = (int)wide;
        return isRead;
    }

    /// <summary>Reads an unsigned integer or nil.</summary>
    /// <param name="value">The number; null for nil.</param>
    public bool TryReadOptionalNumber(out int? value)
    {
        value = null;
        if (TryReadNil())
        {
            return true;
        }

        var isRead = TryReadNumber(out var number);
        value = number;
        return isRead;
    }

    /// <summary>Reads a text of at most <see cref="ChartLimits.MaxNameBytes"/>.</summary>
    /// <param name="utf8">The text, valid.</param>
    public bool TryReadText(out ReadOnlySpan<byte> utf8) => TryReadText(ChartLimits.MaxNameBytes, out utf8);

    /// <summary>Reads a text or nil.</summary>
    /// <param name="text">The text.</param>
    public bool TryReadOptionalText(out OptionalText text)
    {
        text = default;
        if (TryReadNil())
        {
            return true;
        }

        var isRead = TryReadText(ChartLimits.MaxNameBytes, out var utf8);
        text = new OptionalText(isRead, utf8);
        return isRead;
    }

    /// <summary>Reads a list of numbers.</summary>
    /// <param name="numbers">The list; its items are numbers.</param>
    public bool TryReadNumbers(out NumberList numbers)
    {
        numbers = default;
        if (!TryReadCount(ChartLimits.MaxStates, out var count))
        {
            return false;
        }

        var start = _position;
        for (var left = count; left > 0; left--)
        {
            if (!TryReadNumber(out _))
            {
                return false;
            }
        }

        numbers = new NumberList(ReadSince(start), count);
        return true;
    }

    /// <summary>Passes over whole values of any of the forms of MESH/1.</summary>
    /// <param name="count">How many.</param>
    /// <param name="maxDepth">How many arrays may be nested in one of them; 0 allows no array at all.</param>
    public bool TrySkip(int count, int maxDepth)
    {
        for (var left = count; left > 0; left--)
        {
            if (!TrySkipValue(maxDepth))
            {
                return false;
            }
        }

        return true;
    }

    private bool TrySkipValue(int maxDepth)
    {
        switch (Tag)
        {
            case Nil or 0xc2 or 0xc3 or >= 0xe0:
                return TryAdvance(1);
            case 0xcb:
                return TryAdvance(1 + sizeof(double));
            case 0xcf:
                return TrySkipWide(uint.MaxValue, isSigned: false);
            case 0xd3:
                return TrySkipWide(int.MinValue, isSigned: true);
            case >= 0xd0 and <= 0xd2:
                return TrySkipSigned(1 << (Tag - 0xd0));
            case >= 0xc4 and <= 0xc6:
                var shorter = Tag == 0xc4 ? -1 : Shorter(Tag - 0xc4, 0);
                return TryReadLength(1 << (Tag - 0xc4), shorter, out var length) && TryAdvance(length);
            case (>= 0xa0 and < Nil) or (>= 0xd9 and <= 0xdb):
                return TryReadText(int.MaxValue, out _);
            case (>= 0x90 and < 0xa0) or 0xdc or 0xdd:
                return maxDepth > 0 && TryReadCount(int.MaxValue, out var count) && TrySkip(count, maxDepth - 1);
            default:
                return TryReadNumber(out _);
        }
    }

    private bool TryReadNil()
    {
        var isNil = Tag == Nil;
        _position += isNil ? 1 : 0;
        return isNil;
    }

    private bool TryReadText(int maxBytes, out ReadOnlySpan<byte> utf8)
    {
        utf8 = default;
        var tag = Tag;
        var isRead = tag == 0xd9 ? TryReadLength(1, MaxFixedText, out var length)
            : TryReadHead(0xa0, MaxFixedText, 0xda, out length);
        if (!isRead || length > maxBytes || length > BytesLeft)
        {
            return false;
        }

        utf8 = _source.Slice(_position, (int)length);
        _position += (int)length;
        return Utf8.IsValid(utf8);
    }

    // A count or length in the tag itself, or in the 2 or 4 bytes after the tag.
    private bool TryReadHead(int fixedTag, int maxFixed, int tag16, out uint value)
    {
        var tag = Tag;
        value = (uint)(tag - fixedTag);
        if (value <= maxFixed)
        {
            _position++;
            return true;
        }

        var shorter = fixedTag == 0xa0 ? byte.MaxValue : maxFixed;
        value = 0;
        return tag == tag16 ? TryReadLength(sizeof(ushort), shorter, out value)
            : tag == tag16 + 1 && TryReadLength(sizeof(uint), ushort.MaxValue, out value);
    }

    private bool TryReadLength(int size, long greatestOfShorterForm, out uint value)
    {
        value = 0;
        if (BytesLeft <= size)
        {
            return false;
        }

        var bytes = _source[(_position + 1)..];
        value = size switch
        {
            sizeof(byte) => bytes[0],
            sizeof(ushort) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        };
        _position += 1 + size;
        return value > greatestOfShorterForm;
    }

    private bool TrySkipSigned(int size)
    {
        if (BytesLeft <= size)
        {
            return false;
        }

        var bytes = _source[(_position + 1)..];
        var value = size switch
        {
            sizeof(byte) => (sbyte)bytes[0],
            sizeof(ushort) => BinaryPrimitives.ReadInt16BigEndian(bytes),
            _ => BinaryPrimitives.ReadInt32BigEndian(bytes),
        };
        _position += 1 + size;
        return value < (size switch { sizeof(byte) => -32, sizeof(ushort) => sbyte.MinValue, _ => short.MinValue });
    }

    private bool TrySkipWide(long limit, bool isSigned)
    {
        if (BytesLeft <= sizeof(ulong))
        {
            return false;
        }

        var value = BinaryPrimitives.ReadUInt64BigEndian(_source[(_position + 1)..]);
        _position += 1 + sizeof(ulong);
        return isSigned ? (long)value < limit : value > (ulong)limit;
    }

    private bool TryAdvance(uint count)
    {
        var isThere = count <= BytesLeft;
        _position += isThere ? (int)count : 0;
        return isThere;
    }

    private static long Shorter(int form, long ofFirst) =>
        form switch { 0 => ofFirst, 1 => byte.MaxValue, _ => ushort.MaxValue };
}
