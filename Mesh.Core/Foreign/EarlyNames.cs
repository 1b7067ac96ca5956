using System.Buffers.Binary;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Records;

namespace Mesh.Core.Foreign;

/// <summary>Names of a chart whose definition is still on its way, as they were received.</summary>
internal sealed class EarlyNames
{
    private const int MaxBytes = 64 * 1024;
    private const int KindBytes = sizeof(byte);
    private const int NumberBytes = sizeof(uint);
    private const int HeadBytes = KindBytes + NumberBytes + sizeof(ushort);

    private byte[] _bytes = [];
    private int _length;

    /// <summary>How many bytes are taken.</summary>
    public int StorageBytes => _bytes.Length;

    /// <summary>Keeps a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="budget">What the storage is taken from; gets it back by <see cref="StorageBytes"/>.</param>
    /// <returns>False when there is no room for it.</returns>
    public bool TryAdd(in NameRecord name, ViewBudget budget)
    {
        var textBytes = name.Text.CountBytes();
        var needed = _length + HeadBytes + textBytes;
        if (needed > _bytes.Length)
        {
            var size = Math.Max(needed, Math.Min(MaxBytes, 2 * _bytes.Length));
            if (size > MaxBytes || !budget.TryTake(size - _bytes.Length))
            {
                return false;
            }

            Array.Resize(ref _bytes, size);
        }

        var head = _bytes.AsSpan(_length, HeadBytes);
        head[0] = (byte)name.Kind;
        BinaryPrimitives.WriteUInt32LittleEndian(head[KindBytes..], name.Number);
        BinaryPrimitives.WriteUInt16LittleEndian(head[(KindBytes + NumberBytes)..], (ushort)textBytes);
        name.Text.CopyTo(_bytes.AsSpan(_length + HeadBytes, textBytes));
        _length = needed;
        return true;
    }

    /// <summary>Reads the name at a position.</summary>
    /// <param name="position">0 at first; then where the next one is.</param>
    /// <param name="name">The name.</param>
    /// <returns>False after the last one.</returns>
    public bool TryRead(ref int position, out NameRecord name)
    {
        name = default;
        if (position == _length)
        {
            return false;
        }

        var head = _bytes.AsSpan(position, HeadBytes);
        var textBytes = BinaryPrimitives.ReadUInt16LittleEndian(head[(KindBytes + NumberBytes)..]);
        var text = new WireText(_bytes.AsSpan(position + HeadBytes, textBytes));
        name = new NameRecord(
            0, (NameKind)head[0], BinaryPrimitives.ReadUInt32LittleEndian(head[KindBytes..]), text);
        position += HeadBytes + textBytes;
        return true;
    }
}
