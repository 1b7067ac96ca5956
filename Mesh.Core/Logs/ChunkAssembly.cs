using System.Diagnostics;

namespace Mesh.Core.Logs;

/// <summary>Puts the chunks of one answer together, in order, and grows only with what really came.</summary>
/// <param name="maxBytes">The greatest whole that is accepted.</param>
internal sealed class ChunkAssembly(int maxBytes)
{
    private const int FirstBytes = 4 * 1024;

    private byte[] _buffer = [];
    private int _length;
    private uint? _totalBytes;

    /// <summary>True when the whole has come.</summary>
    public bool IsComplete => _totalBytes == _length;

    /// <summary>The whole.</summary>
    public ReadOnlyMemory<byte> Whole
    {
        get
        {
            Debug.Assert(IsComplete, "ask when it is complete");
            return _buffer.AsMemory(0, _length);
        }
    }

    /// <summary>Adds a piece.</summary>
    /// <param name="totalBytes">The size of the whole, as this chunk says.</param>
    /// <param name="offset">Where the piece begins.</param>
    /// <param name="piece">The piece.</param>
    /// <returns>False when the whole is too large or changes its size, or the piece is not the next one.</returns>
    public bool TryAdd(uint totalBytes, uint offset, ReadOnlySpan<byte> piece)
    {
        _totalBytes ??= totalBytes;
        if (totalBytes > maxBytes || totalBytes != _totalBytes
            || offset != _length || piece.Length > totalBytes - offset)
        {
            return false;
        }

        var needed = _length + piece.Length;
        if (needed > _buffer.Length)
        {
            // Once a quarter is there, the rest at once: all buffers together are less than twice the whole.
            var doubled = Math.Max(FirstBytes, _buffer.Length * 2L);
            var isNear = needed >= totalBytes / 4;
            Array.Resize(ref _buffer, (int)(isNear ? totalBytes : Math.Max(needed, doubled)));
        }

        piece.CopyTo(_buffer.AsSpan(_length));
        _length = needed;
        return true;
    }
}
