namespace Mesh.Statecharts.Instrumentation;

/// <summary>Reads the notes of a step one after another; total over any bytes.</summary>
/// <remarks>
/// <code>
/// note    = kind u8, length number, place number, body
/// length  : how many bytes place and body take, so that an unknown kind can be skipped
/// number  = unsigned LEB128 of at most 3 bytes (0 to 2,097,151)
/// </code>
/// </remarks>
public ref struct NoteReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Reads from these bytes.</summary>
    /// <param name="notes">The notes of one step; any length, untrusted.</param>
    public NoteReader(ReadOnlySpan<byte> notes) => _rest = notes;

    /// <summary>Whether reading ended at bytes that are no note.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Reads the next note.</summary>
    /// <param name="note">The note, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> at the end and at bytes that are no note; see
    /// <see cref="IsMalformed"/>.</returns>
    public bool TryRead(out Note note)
    {
        note = default;
        if (_rest.IsEmpty || IsMalformed)
        {
            return false;
        }

        if (!TryReadNumber(_rest[1..], out var length, out var lengthBytes)
            || length > _rest.Length - 1 - lengthBytes
            || !TryReadNumber(_rest.Slice(1 + lengthBytes, length), out var place, out var placeBytes))
        {
            IsMalformed = true;
            return false;
        }

        note = new Note((NoteKind)_rest[0], place, _rest.Slice(1 + lengthBytes + placeBytes, length - placeBytes));
        _rest = _rest[(1 + lengthBytes + length)..];
        return true;
    }

    /// <summary>Reads an unsigned LEB128 number of at most 3 bytes.</summary>
    internal static bool TryReadNumber(ReadOnlySpan<byte> source, out int number, out int size)
    {
        number = 0;
        for (size = 0; size < source.Length && size < 3;)
        {
            var part = source[size];
            number |= (part & 0x7f) << (7 * size);
            size++;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
