namespace Mesh.Core.Identity;

/// <summary>Crockford's base 32: bytes as text that people can read aloud, without I, L, O and U.</summary>
/// <remarks>
/// Five bits a character, the most significant first; the last character is filled with zero bits. Reading takes small
/// letters, I and L for 1, O for 0, and skips dashes. Source: Douglas Crockford, "Base 32".
/// </remarks>
internal static class CrockfordBase32
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int BitsPerCharacter = 5;
    private const int BitsPerByte = 8;
    private const char Separator = '-';

    /// <summary>How many characters a number of bytes takes, without dashes.</summary>
    /// <param name="byteCount">At least 0.</param>
    /// <returns>The number of characters.</returns>
    public static int CharacterCount(int byteCount) =>
        ((byteCount * BitsPerByte) + BitsPerCharacter - 1) / BitsPerCharacter;

    /// <summary>Writes bytes as text without dashes.</summary>
    /// <param name="source">Any length.</param>
    /// <param name="destination">At least <see cref="CharacterCount"/> of the source's length.</param>
    /// <returns>How many characters were written.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static int Encode(ReadOnlySpan<byte> source, Span<char> destination)
    {
        var count = CharacterCount(source.Length);
        if (destination.Length < count)
        {
            throw new ArgumentException($"Must have room for {count} characters.", nameof(destination));
        }

        var written = 0;
        var bits = 0;
        var held = 0;

        foreach (var value in source)
        {
            held = (held << BitsPerByte) | value;
            bits += BitsPerByte;
            while (bits >= BitsPerCharacter)
            {
                bits -= BitsPerCharacter;
                destination[written++] = Alphabet[(held >> bits) & 31];
            }

            held &= (1 << bits) - 1;
        }

        if (bits > 0)
        {
            destination[written++] = Alphabet[(held << (BitsPerCharacter - bits)) & 31];
        }

        return written;
    }

    /// <summary>Writes bytes as text in groups joined by dashes.</summary>
    /// <param name="source">Any length.</param>
    /// <param name="groupSize">Characters in a group, at least 1.</param>
    /// <returns>The text.</returns>
    public static string ToGroups(ReadOnlySpan<byte> source, int groupSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groupSize);
        var plain = new char[CharacterCount(source.Length)];
        var count = Encode(source, plain);
        var separators = count == 0 ? 0 : (count - 1) / groupSize;

        return string.Create(count + separators, (plain, groupSize), static (text, state) =>
        {
            for (int from = 0, to = 0; from < state.plain.Length; from++)
            {
                if (from > 0 && from % state.groupSize == 0)
                {
                    text[to++] = Separator;
                }

                text[to++] = state.plain[from];
            }
        });
    }

    /// <summary>Reads text back to bytes.</summary>
    /// <param name="text">Untrusted, any length.</param>
    /// <param name="destination">Where the bytes go.</param>
    /// <param name="written">How many bytes the text held, when the method returns <see langword="true"/>.</param>
    /// <returns>
    /// <see langword="false"/> for a character outside the alphabet, a text that no bytes give (a character too many,
    /// or filling bits that are not zero), or more bytes than <paramref name="destination"/> holds.
    /// </returns>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination, out int written)
    {
        written = 0;
        var bits = 0;
        var held = 0;

        foreach (var character in text)
        {
            if (character == Separator)
            {
                continue;
            }

            var value = ValueOf(character);
            if (value < 0)
            {
                return false;
            }

            held = (held << BitsPerCharacter) | value;
            bits += BitsPerCharacter;
            if (bits < BitsPerByte)
            {
                continue;
            }

            if (written == destination.Length)
            {
                return false;
            }

            bits -= BitsPerByte;
            destination[written++] = (byte)(held >> bits);
            held &= (1 << bits) - 1;
        }

        return bits < BitsPerCharacter && held == 0;
    }

    private static int ValueOf(char character)
    {
        // Only ASCII: the upper case of some other letters (dotless i) is an ASCII one.
        if (!char.IsAscii(character))
        {
            return -1;
        }

        return char.ToUpperInvariant(character) switch
        {
            'O' => 0,
            'I' or 'L' => 1,
            var upper => Alphabet.IndexOf(upper, StringComparison.Ordinal),
        };
    }
}
