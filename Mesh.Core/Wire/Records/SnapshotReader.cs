using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Records;

/// <summary>Reads a snapshot, one chart after another.</summary>
/// <remarks>
/// docs/wire-format.md §8. Total: for any bytes it gives the charts up to the first fault. Take what was read only once
/// <see cref="IsComplete"/>: a snapshot is valid as a whole or not at all.
/// </remarks>
internal ref struct SnapshotReader
{
    private MessageReader _reader;
    private int _unknown;
    private int _left;

    /// <summary>What the snapshot says before its charts.</summary>
    public SnapshotHeader Header { get; private set; }

    /// <summary>Whether all charts were read and nothing else was there.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Begins to read a snapshot.</summary>
    /// <param name="source">The whole snapshot, untrusted; kept as long as the reader.</param>
    /// <param name="reader">The reader, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> for a malformed beginning, or more charts than a node has.</returns>
    public static bool TryOpen(ReadOnlySpan<byte> source, out SnapshotReader reader)
    {
        reader = default;
        reader._reader = new MessageReader(source);
        if (!SnapshotHeader.TryRead(ref reader._reader, out var header, out reader._unknown))
        {
            return false;
        }

        reader.Header = header;
        reader._left = header.ChartCount;
        return true;
    }

    /// <summary>Passes over all charts, as <see cref="TryRead"/> would read them.</summary>
    /// <returns>Whether the snapshot is complete; <see cref="IsComplete"/> says so too.</returns>
    public bool TrySkipAll()
    {
        while (_left > 0 && SnapshotChart.TryRead(ref _reader, out _))
        {
            _left--;
        }

        IsComplete = _left == 0 && _reader.TryReadEnd(_unknown);
        _left = -1;
        return IsComplete;
    }

    /// <summary>Reads the next chart.</summary>
    /// <returns><see langword="false"/> after the last one and at a fault: see <see cref="IsComplete"/>.</returns>
    public bool TryRead(out SnapshotChart chart)
    {
        chart = default;
        if (_left > 0 && SnapshotChart.TryRead(ref _reader, out chart))
        {
            _left--;
            return true;
        }

        IsComplete = _left == 0 && _reader.TryReadEnd(_unknown);
        _left = -1;
        return false;
    }
}
