using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Mesh.Core.Wire.MessagePack;

/// <summary>Reads the MessagePack subset of MESH/1 from untrusted bytes, and nothing but that subset.</summary>
/// <remarks>
/// <para>Every read tries: it gives <see langword="false"/> for a value of another type, out of its range or limit, cut
/// off, or not in its shortest form. A read that failed leaves the position where it was; callers give up there.</para>
/// <para>Never throws. Allocates only the <see cref="string"/> of <see cref="TryReadText"/>, after its length was
/// checked. Pass it by reference: a copy has a position of its own. Forms: docs/wire-format.md §1.</para>
/// </remarks>
/// <param name="source">The bytes, untrusted, any length. What is read as bytes points into them.</param>
internal ref struct MessageReader(ReadOnlySpan<byte> source)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private int _position;

    /// <summary>How many bytes there are, read or not.</summary>
    public readonly int Length => _source.Length;

    /// <summary>How many bytes were read.</summary>
    public readonly int Position => _position;

    /// <summary>Whether nothing follows.</summary>
    public readonly bool IsAtEnd => _position == _source.Length;

    /// <summary>The bytes that were not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _source[_position..];

    /// <summary>The bytes from an earlier position to the present one, as they were received.</summary>
    public readonly ReadOnlySpan<byte> ReadSince(int position) => _source[position.._position];

    /// <summary>Passes over bytes of <see cref="Rest"/> that the caller has read by itself.</summary>
    public void Advance(int bytes) => _position += bytes;

    /// <summary>Reads the header of an array.</summary>
    /// <param name="count">How many elements follow: never more than there are bytes left.</param>
    public bool TryReadArrayHeader(out int count)
    {
        var headerBytes = MessageCodec.TryReadArrayHeader(_source[_position..], out var read);
        var bytesLeft = _source.Length - _position - headerBytes;

        // Each element takes a byte at least: a greater count is a lie, found before anyone allocates for it.
        count = read <= bytesLeft ? (int)read : 0;
        if (headerBytes == 0 || read > bytesLeft)
        {
            return false;
        }

        _position += headerBytes;
        return true;
    }

    /// <summary>Reads the header of an array that may have grown at its end since this version.</summary>
    /// <param name="known">How many elements this version knows; fewer are a refusal.</param>
    /// <param name="unknown">How many follow them, for <see cref="TrySkip"/>.</param>
    public bool TryReadArray(int known, out int unknown)
    {
        var start = _position;
        if (TryReadArrayHeader(out var count) && count >= known)
        {
            unknown = count - known;
            return true;
        }

        _position = start;
        unknown = 0;
        return false;
    }

    /// <summary>Reads nil, if it is next.</summary>
    public bool TryReadNil()
    {
        if (!IsNext(MessageFormat.Nil))
        {
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>Reads a bool.</summary>
    public bool TryReadBoolean(out bool value)
    {
        value = IsNext(MessageFormat.True);
        if (!value && !IsNext(MessageFormat.False))
        {
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>Reads an integer of 0 to 2^64 − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadUInt64(out ulong value)
    {
        var position = _position;
        if ((uint)position < (uint)_source.Length && _source[position] <= MessageFormat.MaxPositiveFixInt)
        {
            value = _source[position];
            _position = position + 1;
            return true;
        }

        return TryReadUnsigned(ulong.MaxValue, out value);
    }

    /// <summary>Reads an integer of 0 to 2^32 − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadUInt32(out uint value)
    {
        var position = _position;
        if ((uint)position < (uint)_source.Length && _source[position] <= MessageFormat.MaxPositiveFixInt)
        {
            value = _source[position];
            _position = position + 1;
            return true;
        }

        var isRead = TryReadUnsigned(uint.MaxValue, out var wide);
        value = (uint)wide;
        return isRead;
    }

    /// <summary>Reads an integer of 0 to 65,535.</summary>
    public bool TryReadUInt16(out ushort value)
    {
        var isRead = TryReadUnsigned(ushort.MaxValue, out var wide);
        value = (ushort)wide;
        return isRead;
    }

    /// <summary>Reads an integer of 0 to 255.</summary>
    public bool TryReadUInt8(out byte value)
    {
        var isRead = TryReadUnsigned(byte.MaxValue, out var wide);
        value = (byte)wide;
        return isRead;
    }

    /// <summary>Reads an integer of −2^63 to 2^63 − 1.</summary>
    public bool TryReadInt64(out long value)
    {
        var size = MessageCodec.TryReadSigned(_source[_position..], out value);
        _position += size;
        return size > 0;
    }

    /// <summary>Reads an integer of −32,768 to 32,767.</summary>
    public bool TryReadInt16(out short value)
    {
        var size = MessageCodec.TryReadSigned(_source[_position..], out var wide);
        value = (short)wide;
        if (value != wide)
        {
            value = 0;
            return false;
        }

        _position += size;
        return size > 0;
    }

    /// <summary>Reads a float64, which only user payloads hold.</summary>
    public bool TryReadDouble(out double value)
    {
        var size = MessageCodec.TryReadDouble(_source[_position..], out value);
        _position += size;
        return size > 0;
    }

    /// <summary>Reads bytes of any length up to the limit of the field.</summary>
    public bool TryReadBinary(int maxBytes, out ReadOnlySpan<byte> value)
    {
        var headerBytes = MessageCodec.TryReadBinaryHeader(_source[_position..], out var length);
        return TryTake(headerBytes, length, maxBytes, out value);
    }

    /// <summary>Reads bytes of one fixed length: a key, an id, a signature.</summary>
    public bool TryReadFixedBinary(int length, out ReadOnlySpan<byte> value)
    {
        var start = _position;
        if (TryReadBinary(length, out value) && value.Length == length)
        {
            return true;
        }

        _position = start;
        value = default;
        return false;
    }

    /// <summary>Reads bytes of one fixed length, or nil.</summary>
    /// <param name="length">At least 1.</param>
    /// <param name="value">The bytes, or none for nil.</param>
    public bool TryReadOptionalFixedBinary(int length, out ReadOnlySpan<byte> value)
    {
        value = default;
        return TryReadNil() || TryReadFixedBinary(length, out value);
    }

    /// <summary>Reads text as the UTF-8 it arrived in, checked to be valid.</summary>
    public bool TryReadUtf8(int maxBytes, out ReadOnlySpan<byte> utf8)
    {
        var start = _position;
        var headerBytes = MessageCodec.TryReadStringHeader(_source[_position..], out var length);
        if (TryTake(headerBytes, length, maxBytes, out utf8) && Utf8.IsValid(utf8))
        {
            return true;
        }

        _position = start;
        utf8 = default;
        return false;
    }

    /// <summary>Reads text into a new string.</summary>
    public bool TryReadText(int maxBytes, out string text)
    {
        if (!TryReadUtf8(maxBytes, out var utf8))
        {
            text = string.Empty;
            return false;
        }

        text = Encoding.UTF8.GetString(utf8);
        return true;
    }

    /// <summary>Reads text that is made into a string when it is wanted.</summary>
    public bool TryReadWireText(int maxBytes, out WireText text)
    {
        var isRead = TryReadUtf8(maxBytes, out var utf8);
        text = new WireText(utf8);
        return isRead;
    }

    /// <summary>Skips whole values, which must be of the legal forms as well.</summary>
    /// <param name="count">How many values.</param>
    /// <param name="maxDepth">How many arrays may be nested in one of them; 0 allows no array at all.</param>
    public bool TrySkip(int count, int maxDepth)
    {
        var start = _position;
        for (var index = 0; index < count; index++)
        {
            if (!TrySkipValue(maxDepth))
            {
                _position = start;
                return false;
            }
        }

        return true;
    }

    /// <summary>Ends a message: the elements of its array that this version does not know, then nothing.</summary>
    /// <param name="unknown">As <see cref="TryReadArray"/> gave it for the outermost array.</param>
    public bool TryReadEnd(int unknown) => TrySkip(unknown, WireLimits.MaxDepth - 1) && IsAtEnd;

    private bool TrySkipValue(int maxDepth)
    {
        if (IsAtEnd)
        {
            return false;
        }

        switch (_source[_position])
        {
            case MessageFormat.Nil or MessageFormat.False or MessageFormat.True:
                _position++;
                return true;
            case MessageFormat.Float64:
                return TryReadDouble(out _);
            case MessageFormat.Binary8 or MessageFormat.Binary16 or MessageFormat.Binary32:
                return TryReadBinary(int.MaxValue, out _);
            case (>= MessageFormat.FixString and < MessageFormat.Nil)
                or MessageFormat.String8 or MessageFormat.String16 or MessageFormat.String32:
                return TryReadUtf8(int.MaxValue, out _);
            case (>= MessageFormat.FixArray and < MessageFormat.FixString)
                or MessageFormat.Array16 or MessageFormat.Array32:
                return maxDepth > 0 && TryReadArrayHeader(out var count) && TrySkip(count, maxDepth - 1);
            default:
                return TryReadUnsigned(ulong.MaxValue, out _) || TryReadInt64(out _);
        }
    }

    private bool TryReadUnsigned(ulong max, out ulong value)
    {
        var size = MessageCodec.TryReadUnsigned(_source[_position..], out value);
        if (value > max)
        {
            value = 0;
            return false;
        }

        _position += size;
        return size > 0;
    }

    private bool TryTake(int headerBytes, uint length, int maxBytes, out ReadOnlySpan<byte> value)
    {
        var body = _source[(_position + headerBytes)..];
        if (headerBytes == 0 || length > maxBytes || length > body.Length)
        {
            value = default;
            return false;
        }

        value = body[..(int)length];
        _position += headerBytes + (int)length;
        return true;
    }

    private readonly bool IsNext(byte format) => !IsAtEnd && _source[_position] == format;
}
