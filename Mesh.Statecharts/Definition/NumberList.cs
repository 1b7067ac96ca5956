namespace Mesh.Statecharts.Definition;

/// <summary>A list of numbers as it stands in the canonical bytes.</summary>
/// <param name="bytes">As many numbers as it has.</param>
/// <param name="count">How many.</param>
internal readonly ref struct NumberList(ReadOnlySpan<byte> bytes, int count)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>How many numbers there are.</summary>
    public int Count { get; } = count;

    /// <summary>Reads them one after another.</summary>
    public Enumerator GetEnumerator() => new(_bytes);

    /// <summary>Makes an array of it.</summary>
    public int[] ToArray()
    {
        var numbers = new int[Count];
        var next = 0;
        foreach (var number in this)
        {
            numbers[next++] = number;
        }

        return numbers;
    }

    /// <summary>Goes through the numbers.</summary>
    /// <param name="bytes">The numbers that are left.</param>
    public ref struct Enumerator(ReadOnlySpan<byte> bytes)
    {
        private CanonicalReader _reader = new(bytes);
        private int _current;

        /// <summary>The number.</summary>
        public readonly int Current => _current;

        /// <summary>Goes on.</summary>
        public bool MoveNext() => _reader.TryReadNumber(out _current);
    }
}
