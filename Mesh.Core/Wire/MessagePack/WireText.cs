using System.Text;

namespace Mesh.Core.Wire.MessagePack;

/// <summary>A text of a record: to be written, or as it was received until somebody wants a string of it.</summary>
internal readonly ref struct WireText
{
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly string? _text;

    private WireText(string text) => _text = text;

    /// <summary>Takes a text that was received.</summary>
    /// <param name="utf8">The text, checked to be UTF-8.</param>
    public WireText(ReadOnlySpan<byte> utf8) => _utf8 = utf8;

    /// <summary>A text to be written.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator WireText(string text) => new(text);

    /// <summary>The text; a new string each time when it was received.</summary>
    public override string ToString() => _text ?? Encoding.UTF8.GetString(_utf8);

    /// <summary>The text, or the same text that is there as a string already.</summary>
    /// <param name="known">A string that it may be.</param>
    public string ToString(string known) => Equals(known) ? known : ToString();

    /// <summary>How long it is, in bytes of UTF-8.</summary>
    public int CountBytes() => _text is null ? _utf8.Length : Encoding.UTF8.GetByteCount(_text);

    /// <summary>Copies it as UTF-8.</summary>
    /// <param name="destination">As long as it is.</param>
    public void CopyTo(Span<byte> destination)
    {
        if (_text is null)
        {
            _utf8.CopyTo(destination);
        }
        else
        {
            _ = Encoding.UTF8.GetBytes(_text, destination);
        }
    }

    /// <summary>Writes the text.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="maxBytes">What does not fit is cut off.</param>
    public void Write(ref MessageWriter writer, int maxBytes)
    {
        if (_text is null)
        {
            writer.WriteUtf8(_utf8);
        }
        else
        {
            writer.WriteText(_text, maxBytes);
        }
    }

    private bool Equals(string other)
    {
        if (_text is not null || other.Length > _utf8.Length)
        {
            return _text == other;
        }

        Span<byte> utf8 = stackalloc byte[WireLimits.MaxTextBytes];
        return Encoding.UTF8.TryGetBytes(other, utf8, out var length) && utf8[..length].SequenceEqual(_utf8);
    }
}
