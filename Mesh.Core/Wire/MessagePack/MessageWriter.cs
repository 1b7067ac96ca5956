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

    private readonly Span<byte> Room => _destination[_position..];

    /// <summary>Writes the header of an array; its elements follow.</summary>
    public void WriteArrayHeader(int count) => Take(MessageCodec.TryWriteArrayHeader(Room, (uint)count));

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
            Take(MessageCodec.TryWriteUnsigned(Room, value));
        }
    }

    /// <summary>Writes a number that may be negative; one that is not takes an unsigned form.</summary>
    public void WriteSigned(long value) => Take(MessageCodec.TryWriteSigned(Room, value));

    /// <summary>Writes a float64, for user payloads only.</summary>
    public void WriteDouble(double value) => Take(MessageCodec.TryWriteDouble(Room, value));

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
    public void WriteBinaryHeader(int length) => Take(MessageCodec.TryWriteBinaryHeader(Room, (uint)length));

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

    private void WriteStringHeader(int length) => Take(MessageCodec.TryWriteStringHeader(Room, (uint)length));

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

    // No form takes 0 bytes: that is the codec saying that there is no room.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take(int size)
    {
        _position += size;
        if (size == 0)
        {
            Overflow();
        }
    }

    // Without room left, no later and smaller value can slip in behind the one that did not fit.
    private void Overflow()
    {
        HasOverflowed = true;
        _destination = _destination[.._position];
    }
}
