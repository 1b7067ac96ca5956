using System.Buffers;
using System.Text;

namespace Mesh.Statecharts.Snapshots;

/// <summary>Writes numbers (seven bits a byte, the lowest first, the highest bit set when more follow), and texts and
/// bytes after their length.</summary>
internal readonly struct SnapshotWriter(IBufferWriter<byte> output)
{
    private const int MaxNumberBytes = 10;

    /// <summary>Writes a number that is not negative.</summary>
    public void Number(long number)
    {
        var room = output.GetSpan(MaxNumberBytes);
        var size = 0;
        for (; number >= 0x80; number >>= 7)
        {
            room[size++] = (byte)(number | 0x80);
        }

        room[size++] = (byte)number;
        output.Advance(size);
    }

    /// <summary>Writes bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    /// <summary>Writes bytes after their length.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        Raw(bytes);
    }

    /// <summary>Writes a text as UTF-8 after its length.</summary>
    public void Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a text after its length plus one, or 0 for none.</summary>
    public void TextOrNone(string? text) => BytesOrNone(text is null ? null : Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes after their length plus one, or 0 for none.</summary>
    public void BytesOrNone(byte[]? bytes)
    {
        Number(bytes is null ? 0 : bytes.Length + 1L);
        Raw(bytes);
    }

    /// <summary>Writes how many items there are, and each.</summary>
    public void All<T>(IReadOnlyCollection<T> items, Action<SnapshotWriter, T> write)
    {
        Number(items.Count);
        foreach (var item in items)
        {
            write(this, item);
        }
    }
}
