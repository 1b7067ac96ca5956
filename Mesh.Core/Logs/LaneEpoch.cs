using Mesh.Core.Sealing;

namespace Mesh.Core.Logs;

/// <summary>One epoch of a lane: its key and the frames it sealed.</summary>
/// <param name="number">The epoch.</param>
/// <param name="key">Its key, owned by the <see cref="LaneEpochs"/>.</param>
internal sealed class LaneEpoch(uint number, EpochKey key)
{
    /// <summary>The epoch; grows with time, not always by one.</summary>
    public uint Number { get; } = number;

    /// <summary>Its key.</summary>
    public EpochKey Key { get; } = key;

    /// <summary>The first frame sealed under the key; 0 while there is none.</summary>
    public ulong FirstFrame { get; set; }

    /// <summary>The newest frame sealed under the key; 0 while there is none.</summary>
    public ulong LastFrame { get; set; }

    /// <summary>When the first frame was sealed.</summary>
    public TimeSpan UsedSince { get; set; }
}
