using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Records;

/// <summary>The names of one chart in a snapshot: to be written, or as they were received.</summary>
internal readonly ref struct SnapshotNames
{
    private readonly ReadOnlySpan<SnapshotName> _names;
    private readonly ReadOnlySpan<byte> _encoded;

    private SnapshotNames(ReadOnlySpan<SnapshotName> names, ReadOnlySpan<byte> encoded)
    {
        _names = names;
        _encoded = encoded;
    }

    /// <summary>Names to be written.</summary>
    /// <param name="names">The names.</param>
    public static implicit operator SnapshotNames(ReadOnlySpan<SnapshotName> names) => new(names, default);

    /// <summary>Names to be written.</summary>
    /// <param name="names">The names.</param>
    public static implicit operator SnapshotNames(Span<SnapshotName> names) => new(names, default);

    /// <summary>Names to be written.</summary>
    /// <param name="names">The names.</param>
    public static implicit operator SnapshotNames(SnapshotName[] names) => new(names, default);

    /// <summary>Reads names: their form is checked, and they are left as they are.</summary>
    /// <param name="reader">Stands at the array of the names.</param>
    /// <param name="names">The names.</param>
    public static bool TryRead(scoped ref MessageReader reader, out SnapshotNames names)
    {
        names = default;
        if (!reader.TryReadArrayHeader(out var left) || left > WireLimits.MaxSnapshotNames)
        {
            return false;
        }

        var start = reader.Position;
        while (left > 0 && SnapshotName.TryRead(ref reader, 0, out _))
        {
            left--;
        }

        names = new SnapshotNames(default, reader.ReadSince(start));
        return left == 0;
    }

    /// <summary>Reads names that were received, one after another.</summary>
    /// <param name="chart">The chart that they are of.</param>
    public Reader ReadFor(uint chart) => new(_encoded, chart);

    /// <summary>Writes names.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(ref MessageWriter writer)
    {
        var received = ReadFor(0);
        var count = _names.Length;
        while (received.MoveNext())
        {
            count++;
        }

        writer.WriteArrayHeader(count);
        writer.WriteRaw(_encoded);
        foreach (ref readonly var name in _names)
        {
            name.Write(ref writer);
        }
    }

    /// <summary>Goes through names that were received.</summary>
    /// <param name="encoded">The names, checked.</param>
    /// <param name="chart">The chart that they are of.</param>
    public ref struct Reader(ReadOnlySpan<byte> encoded, uint chart)
    {
        private MessageReader _reader = new(encoded);
        private NameRecord _current;

        /// <summary>The name.</summary>
        public readonly NameRecord Current => _current;

        /// <summary>This, so that it can be gone through.</summary>
        public readonly Reader GetEnumerator() => this;

        /// <summary>Goes on.</summary>
        public bool MoveNext() => !_reader.IsAtEnd && SnapshotName.TryRead(ref _reader, chart, out _current);
    }
}
