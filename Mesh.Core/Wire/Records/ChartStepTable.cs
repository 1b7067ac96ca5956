using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Mesh.Core.Wire.Records;

/// <summary>The previous step of each chart of one frame, for writing and for reading relative steps.</summary>
/// <remarks>
/// Kept from frame to frame, so that it allocates only while it grows: by one chart a record, hence to 512 KiB at most.
/// Open addressing with linear probing; an entry of an earlier frame is free, so a new frame costs nothing. One thread.
/// </remarks>
internal sealed class ChartStepTable
{
    private const int FirstCapacity = 64;

    private ChartStep[] _entries = new ChartStep[FirstCapacity];
    private int _shift = 32 - int.Log2(FirstCapacity);
    private int _count;
    private int _latest;
    private uint _generation = 1;

    /// <summary>Forgets all charts: a new frame begins.</summary>
    public void Clear()
    {
        _count = 0;
        _generation++;
        if (_generation == 0)
        {
            // After 2^32 frames the oldest entries would come alive again.
            Array.Clear(_entries);
            _generation = 1;
        }
    }

    /// <summary>The entry of a chart that has a step in this frame already, or a null reference.</summary>
    /// <param name="chart">The number of the instance.</param>
    /// <returns>Valid until the next <see cref="Set"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref ChartStep Find(uint chart)
    {
        // Steps come in runs of one chart: most calls end here.
        ref var latest = ref _entries[_latest];
        return ref latest.Chart == chart && latest.Generation == _generation ? ref latest : ref FindSlow(chart);
    }

    /// <summary>Makes a step the previous one of its chart.</summary>
    public void Set(uint chart, ulong step, long time, int after)
    {
        ref var entry = ref Find(chart);
        if (Unsafe.IsNullRef(ref entry))
        {
            if (2 * (_count + 1) > _entries.Length)
            {
                Grow();
            }

            _count++;
            _latest = Place(chart);
            entry = ref _entries[_latest];
        }

        entry = new ChartStep { Chart = chart, Generation = _generation, Step = step, Time = time, After = after };
    }

    private ref ChartStep FindSlow(uint chart)
    {
        var place = Place(chart);
        if (_entries[place].Generation != _generation)
        {
            return ref Unsafe.NullRef<ChartStep>();
        }

        _latest = place;
        return ref _entries[place];
    }

    // Where the chart is, or where it would go.
    private int Place(uint chart)
    {
        var mask = _entries.Length - 1;

        // Seeded anew in each process: no publisher can choose numbers that all go to one place.
        var place = (int)((uint)HashCode.Combine(chart) >> _shift);
        while (_entries[place].Generation == _generation && _entries[place].Chart != chart)
        {
            place = (place + 1) & mask;
        }

        return place;
    }

    private void Grow()
    {
        var old = _entries;
        Debug.Assert(old.Length <= 2 * WireLimits.MaxFrameRecords, "a frame has no more charts than records");
        _entries = new ChartStep[2 * old.Length];
        _shift--;
        _latest = 0;

        foreach (ref readonly var entry in old.AsSpan())
        {
            if (entry.Generation == _generation)
            {
                _entries[Place(entry.Chart)] = entry;
            }
        }
    }
}
