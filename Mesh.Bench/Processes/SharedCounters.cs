using System.IO.MemoryMappedFiles;

namespace Mesh.Bench.Processes;

/// <summary>Numbers that the processes of a benchmark share, in a file that all of them map.</summary>
/// <remarks>
/// Each number has one writer and lies on a cache line of its own; aligned, so that readers see whole numbers.
/// </remarks>
internal sealed class SharedCounters : IDisposable
{
    /// <summary>Most viewers of one publisher.</summary>
    public const int MaxViewers = 8;

    /// <summary>Most pairs of stamps.</summary>
    public const int MaxStamps = 4_096;

    private const int LineBytes = 64;
    private const int LimitLine = 0;
    private const int WindowLine = 1;
    private const int PublishedLine = 2;
    private const int SeenLine = 8;
    private const int GapLine = SeenLine + MaxViewers;
    private const int StampStart = LineBytes * (GapLine + MaxViewers);
    private const int SizeBytes = StampStart + (2 * sizeof(long) * MaxStamps);

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Maps a file, and makes it when it is not there.</summary>
    public SharedCounters(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, SizeBytes);
        _view = _file.CreateViewAccessor(0, SizeBytes);
    }

    /// <summary>The publisher stops when it has published so much.</summary>
    public long Limit
    {
        get => Read(LimitLine);
        set => Write(LimitLine, value);
    }

    /// <summary>The publisher waits when it is so far ahead of the slowest viewer; 0 for never.</summary>
    public long Window
    {
        get => Read(WindowLine);
        set => Write(WindowLine, value);
    }

    /// <summary>Steps, or messages, that were published.</summary>
    public long Published
    {
        get => Read(PublishedLine);
        set => Write(PublishedLine, value);
    }

    /// <summary>Steps, or messages, that a viewer has seen.</summary>
    public long Seen(int viewer) => Read(SeenLine + viewer);

    /// <summary>Sets what a viewer has seen.</summary>
    public void SetSeen(int viewer, long count) => Write(SeenLine + viewer, count);

    /// <summary>Steps, or messages, that a viewer knows to have missed.</summary>
    public long Missed(int viewer) => Read(GapLine + viewer);

    /// <summary>Sets what a viewer has missed.</summary>
    public void SetMissed(int viewer, long count) => Write(GapLine + viewer, count);

    /// <summary>What all of the first viewers have seen.</summary>
    public long SeenByAll(int viewers)
    {
        var least = long.MaxValue;
        for (var viewer = 0; viewer < viewers; viewer++)
        {
            least = Math.Min(least, Seen(viewer));
        }

        return least;
    }

    /// <summary>When something was sent, and when it was there: 0 for not yet.</summary>
    public (long Sent, long Arrived) Stamps(long number)
    {
        var place = Place(number);
        return (_view.ReadInt64(place), _view.ReadInt64(place + sizeof(long)));
    }

    /// <summary>Notes when something was sent.</summary>
    public void StampSent(long number, long timestamp) => _view.Write(Place(number), timestamp);

    /// <summary>Notes when something arrived.</summary>
    public void StampArrived(long number, long timestamp) => _view.Write(Place(number) + sizeof(long), timestamp);

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private static long Place(long number) => StampStart + (number % MaxStamps * 2 * sizeof(long));

    private long Read(int line) => _view.ReadInt64(line * LineBytes);

    private void Write(int line, long value) => _view.Write(line * LineBytes, value);
}
