namespace Mesh.Core.Transport.Memory;

/// <summary>How the in-memory network treats what goes from one host to another.</summary>
public sealed record MemoryLink
{
    /// <summary>No delay, no loss.</summary>
    public static readonly MemoryLink Perfect = new();

    /// <summary>Shortest time on the way; 0 or more, 0 unless told.</summary>
    public TimeSpan MinLatency { get; init; }

    /// <summary>
    /// Longest time on the way, drawn evenly down to <see cref="MinLatency"/> for each message; messages of a
    /// connection wait for one another, datagrams overtake. At least <see cref="MinLatency"/>.
    /// </summary>
    public TimeSpan MaxLatency { get; init; }

    /// <summary>Share of datagrams lost, 0 to 1.</summary>
    public double DatagramLoss { get; init; }

    /// <summary>Share of datagrams that arrive twice, 0 to 1.</summary>
    public double DatagramDuplication { get; init; }

    /// <summary>
    /// Share of datagrams held back by <see cref="ReorderDelay"/>, so that later ones overtake; 0 to 1.
    /// </summary>
    public double DatagramReordering { get; init; }

    /// <summary>How long a datagram is held back; 0 or more, 50 ms unless told.</summary>
    public TimeSpan ReorderDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Checks every value.</summary>
    /// <returns>This record.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public MemoryLink Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinLatency, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLatency, MinLatency);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReorderDelay, TimeSpan.Zero);
        ThrowIfNoShare(DatagramLoss, nameof(DatagramLoss));
        ThrowIfNoShare(DatagramDuplication, nameof(DatagramDuplication));
        ThrowIfNoShare(DatagramReordering, nameof(DatagramReordering));
        return this;
    }

    private static void ThrowIfNoShare(double value, string name)
    {
        if (value is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "A share lies between 0 and 1.");
        }
    }
}
