using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Records;

namespace Mesh.Core.Logs;

/// <summary>What the records of one lane amount to: the content of a snapshot.</summary>
/// <remarks>Charts that ended stay as long as the record that said so is held. Used by the loop only.</remarks>
internal sealed class LaneImage
{
    private const int FirstBytes = 16 * 1024;

    private readonly Dictionary<uint, ChartImage> _charts = [];
    private readonly Queue<ChartImage> _ended = new();

    /// <summary>The charts, ended ones that are still remembered included.</summary>
    public IReadOnlyCollection<ChartImage> Charts => _charts.Values;

    /// <summary>Adds a chart.</summary>
    /// <param name="chart">The chart.</param>
    public void Add(ChartImage chart) => _charts.Add(chart.Chart, chart);

    /// <summary>Notes that a chart ended.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="record">The number of the record that says so.</param>
    public void End(ChartImage chart, ulong record)
    {
        chart.EndedAt = record;
        _ended.Enqueue(chart);
    }

    /// <summary>Forgets charts whose end nobody can read of any more.</summary>
    /// <param name="firstHeldRecord">The oldest record that is held.</param>
    public void Forget(ulong firstHeldRecord)
    {
        while (_ended.TryPeek(out var chart)
            && (chart.EndedAt < firstHeldRecord || _charts.Count > WireLimits.MaxSnapshotCharts))
        {
            _ = _ended.Dequeue();
            _ = _charts.Remove(chart.Chart);
        }
    }

    /// <summary>Makes a snapshot.</summary>
    /// <param name="lane">The lane; the snapshot is valid after its newest record, sealed or not.</param>
    /// <param name="frameBase">The clocks.</param>
    /// <returns>Its bytes, as docs/wire-format.md §8 says.</returns>
    public ReadOnlyMemory<byte> Encode(LaneLog lane, in FrameBase frameBase)
    {
        var header = new SnapshotHeader
        {
            Lane = lane.Lane,
            Incarnation = lane.Incarnation,
            AfterFrame = lane.Frames.Last,
            AfterRecord = lane.LastRecord,
            Base = frameBase,
            ChartCount = _charts.Count,
        };

        for (var size = FirstBytes; ; size *= 2)
        {
            var buffer = new byte[size];
            var writer = new MessageWriter(buffer);
            header.Write(ref writer);
            foreach (var chart in _charts.Values)
            {
                chart.Write(ref writer);
            }

            if (!writer.HasOverflowed)
            {
                return buffer.AsMemory(0, writer.Position);
            }
        }
    }
}
