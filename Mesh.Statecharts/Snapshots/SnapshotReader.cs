using System.Text;
using System.Text.Unicode;

namespace Mesh.Statecharts.Snapshots;

/// <summary>Reads what a <see cref="SnapshotWriter"/> wrote, or anything else: once something does not fit, all reads
/// give nothing and <see cref="IsDamaged"/> stays set.</summary>
internal ref struct SnapshotReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Reads one item.</summary>
    public delegate T Item<T>(ref SnapshotReader reader);

    /// <summary>Whether something did not fit.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Whether nothing is left.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Reads a number from 0 to a highest one.</summary>
    public long Number(long max = long.MaxValue)
    {
        var number = 0UL;
        for (var (index, shift) = (0, 0); index < _rest.Length && shift < 63; index++, shift += 7)
        {
            number |= (ulong)(_rest[index] & 0x7f) << shift;
            if (_rest[index] < 0x80)
            {
                _rest = _rest[(index + 1)..];
                return number <= (ulong)max ? (long)number : Damage();
            }
        }

        return Damage();
    }

    /// <summary>Reads a number from 0 to a highest one.</summary>
    public int Int(int max = int.MaxValue) => (int)Number(max);

    /// <summary>Reads this many bytes.</summary>
    public ReadOnlySpan<byte> Raw(long count)
    {
        if (count > _rest.Length)
        {
            Damage();
            return [];
        }

        var read = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return read;
    }

    /// <summary>Reads bytes after their length.</summary>
    public byte[] Bytes() => Raw(Number()).ToArray();

    /// <summary>Reads bytes, or nothing.</summary>
    public byte[]? BytesOrNone() => Number() is var size && size == 0 ? null : Raw(size - 1).ToArray();

    /// <summary>Reads a text.</summary>
    public string Text() => TextOf(Raw(Number()));

    /// <summary>Reads a text, or nothing.</summary>
    public string? TextOrNone() => Number() is var size && size == 0 ? null : TextOf(Raw(size - 1));

    /// <summary>Reads items after their count.</summary>
    /// <typeparam name="T">What they are.</typeparam>
    /// <param name="max">The most that there may be.</param>
    /// <param name="read">Reads one, which takes at least a byte.</param>
    public List<T> All<T>(int max, Item<T> read)
    {
        // Each takes a byte at least, so that a false count allocates nothing.
        var count = Int(Math.Min(max, _rest.Length));
        var items = new List<T>(IsDamaged ? 0 : count);
        for (var index = 0; index < count && !IsDamaged; index++)
        {
            items.Add(read(ref this));
        }

        return items;
    }

    /// <summary>Says that something does not fit.</summary>
    public long Damage()
    {
        IsDamaged = true;
        _rest = [];
        return 0;
    }

    /// <summary>Reads UTF-8 without replacing anything.</summary>
    internal static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        var isText = Utf8.IsValid(bytes);
        text = isText ? Encoding.UTF8.GetString(bytes) : "";
        return isText;
    }

    private string TextOf(ReadOnlySpan<byte> bytes)
    {
        if (!TryDecode(bytes, out var text))
        {
            Damage();
        }

        return text;
    }
}
