using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Mesh.Core.Wire.MessagePack;

/// <summary>Writes the MessagePack subset of MESH/1 into a caller's buffer, each value in its one legal form.</summary>
/// <remarks>
/// <para>Never throws and never allocates. What does not fit is not written and sets <see cref="HasOverflowed"/>, after
/// which nothing fits any more: check it once, after the last call.</para>
/// <para>Pass it by reference: a copy has a position of its own. Forms: docs/wire-format.md §1.</para>
/// </remarks>
/// <param name="destination">Where to write, from its first byte on. Stays the caller's.</param>
internal ref struct MessageWriter(Span<byte> destination)
{
    private Span<byte> _destination = destination;
    private int _position;

    /// <summary>How many bytes were written.</summary>
    public readonly int Position => _position;

    /// <summary>Whether something did not fit; the written bytes are then worthless.</summary>
    public bool HasOverflowed { get; private set; }

    /// <summary>The bytes written up to now, in the caller's buffer.</summary>
    public readonly ReadOnlySpan<byte> Written => _destination[.._position];

    /// <summary>Writes the header of an array; its elements follow.</summary>
    public void WriteArrayHeader(int count)
    {
        if (count <= MessageFormat.MaxFixArray)
        {
            WriteByte((byte)(MessageFormat.FixArray | count));
        }
        else if (count <= ushort.MaxValue)
        {
            WriteNumber(MessageFormat.Array16, (ulong)count, sizeof(ushort));
        }
        else
        {
            WriteNumber(MessageFormat.Array32, (ulong)count, sizeof(uint));
        }
    }

    /// <summary>Writes nil: an optional field that is absent.</summary>
    public void WriteNil() => WriteByte(MessageFormat.Nil);

    /// <summary>Writes a bool.</summary>
    public void WriteBoolean(bool value) => WriteByte(value ? MessageFormat.True : MessageFormat.False);

    /// <summary>Writes a number that is not negative; the same form serves every width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUnsigned(ulong value)
    {
        if (value <= MessageFormat.MaxPositiveFixInt)
        {
            WriteByte((byte)value);
        }
        else
        {
            WriteUnsignedSlow(value);
        }
    }

    /// <summary>Writes a number that may be negative; one that is not takes an unsigned form.</summary>
    public void WriteSigned(long value)
    {
        switch (value)
        {
            case >= 0:
                WriteUnsigned((ulong)value);
                break;
            case >= MessageFormat.MinNegativeFixInt:
                WriteByte((byte)value);
                break;
            case >= sbyte.MinValue:
                WriteNumber(MessageFormat.Int8, (ulong)value, sizeof(sbyte));
                break;
            case >= short.MinValue:
                WriteNumber(MessageFormat.Int16, (ulong)value, sizeof(short));
                break;
            case >= int.MinValue:
                WriteNumber(MessageFormat.Int32, (ulong)value, sizeof(int));
                break;
            default:
                WriteNumber(MessageFormat.Int64, (ulong)value, sizeof(long));
                break;
        }
    }

    /// <summary>Writes a float64, for user payloads only.</summary>
    public void WriteDouble(double value) =>
        WriteNumber(MessageFormat.Float64, BitConverter.DoubleToUInt64Bits(value), sizeof(double));

    /// <summary>Writes bytes.</summary>
    public void WriteBinary(scoped ReadOnlySpan<byte> value)
    {
        WriteBinaryHeader(value.Length);
        WriteRaw(value);
    }

    /// <summary>Writes bytes of a fixed length, or nil when there are none.</summary>
    public void WriteOptionalBinary(scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            WriteNil();
        }
        else
        {
            WriteBinary(value);
        }
    }

    /// <summary>Writes the header of a bin; its bytes follow, raw or reserved.</summary>
    public void WriteBinaryHeader(int length)
    {
        if (length <= byte.MaxValue)
        {
            WriteNumber(MessageFormat.Binary8, (ulong)length, sizeof(byte));
        }
        else if (length <= ushort.MaxValue)
        {
            WriteNumber(MessageFormat.Binary16, (ulong)length, sizeof(ushort));
        }
        else
        {
            WriteNumber(MessageFormat.Binary32, (ulong)length, sizeof(uint));
        }
    }

    /// <summary>Writes text for people, cut between characters when it is longer than its field.</summary>
    /// <param name="text">Any text. A lone surrogate is written as U+FFFD.</param>
    /// <param name="maxBytes">The limit of the field, in bytes of UTF-8.</param>
    public void WriteText(scoped ReadOnlySpan<char> text, int maxBytes)
    {
        var cut = Utf8Text.Cut(text, maxBytes, out var length);
        WriteStringHeader(length);

        if (TryReserve(length, out var room))
        {
            Encoding.UTF8.GetBytes(cut, room);
        }
    }

    /// <summary>Writes text that is UTF-8 already.</summary>
    /// <param name="utf8">Valid UTF-8 within the limit of its field; not checked here.</param>
    public void WriteUtf8(scoped ReadOnlySpan<byte> utf8)
    {
        WriteStringHeader(utf8.Length);
        WriteRaw(utf8);
    }

    /// <summary>Copies bytes as they are: the body of a bin, or MessagePack made elsewhere.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> bytes)
    {
        if (TryReserve(bytes.Length, out var room))
        {
            bytes.CopyTo(room);
        }
    }

    /// <summary>Moves past the next bytes of the buffer and hands them to the caller to fill.</summary>
    /// <returns><see langword="false"/> when they do not fit.</returns>
    public bool TryReserve(int length, out Span<byte> room)
    {
        if (length > _destination.Length - _position)
        {
            Overflow();
            room = default;
            return false;
        }

        room = _destination.Slice(_position, length);
        _position += length;
        return true;
    }

    private void WriteStringHeader(int length)
    {
        if (length <= MessageFormat.MaxFixString)
        {
            WriteByte((byte)(MessageFormat.FixString | length));
        }
        else if (length <= byte.MaxValue)
        {
            WriteNumber(MessageFormat.String8, (ulong)length, sizeof(byte));
        }
        else if (length <= ushort.MaxValue)
        {
            WriteNumber(MessageFormat.String16, (ulong)length, sizeof(ushort));
        }
        else
        {
            WriteNumber(MessageFormat.String32, (ulong)length, sizeof(uint));
        }
    }

    private void WriteUnsignedSlow(ulong value)
    {
        switch (value)
        {
            case <= byte.MaxValue:
                WriteNumber(MessageFormat.UInt8, value, sizeof(byte));
                break;
            case <= ushort.MaxValue:
                WriteNumber(MessageFormat.UInt16, value, sizeof(ushort));
                break;
            case <= uint.MaxValue:
                WriteNumber(MessageFormat.UInt32, value, sizeof(uint));
                break;
            default:
                WriteNumber(MessageFormat.UInt64, value, sizeof(ulong));
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteByte(byte value)
    {
        if ((uint)_position < (uint)_destination.Length)
        {
            _destination[_position++] = value;
        }
        else
        {
            Overflow();
        }
    }

    // The low bytes of the value, most significant first, after the byte that names the form.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteNumber(byte format, ulong value, int size)
    {
        if (!TryReserve(1 + size, out var room))
        {
            return;
        }

        room[0] = format;
        switch (size)
        {
            case sizeof(byte):
                room[1] = (byte)value;
                break;
            case sizeof(ushort):
                BinaryPrimitives.WriteUInt16BigEndian(room[1..], (ushort)value);
                break;
            case sizeof(uint):
                BinaryPrimitives.WriteUInt32BigEndian(room[1..], (uint)value);
                break;
            default:
                BinaryPrimitives.WriteUInt64BigEndian(room[1..], value);
                break;
        }
    }

    // Without room left, no later and smaller value can slip in behind the one that did not fit.
    private void Overflow()
    {
        HasOverflowed = true;
        _destination = _destination[.._position];
    }
}
