using Mesh.Core.Sealing;

namespace Mesh.Core.Logs;

/// <summary>The epoch keys of one lane: which one seals, which one is next, which ones still have frames.</summary>
/// <remarks>
/// A key is used for <see cref="MaxUse"/> or <see cref="MaxFrames"/> frames. The next one is made
/// <see cref="PlanAhead"/> earlier, so that readers have it before its first frame. A removal makes a fresh one at
/// once, with a number above the planned one, which the removed reader may know. One thread (the loop) uses it.
/// </remarks>
internal sealed class LaneEpochs : IDisposable
{
    /// <summary>How long a key is used: 10 minutes.</summary>
    public static readonly TimeSpan MaxUse = TimeSpan.FromMinutes(10);

    /// <summary>How long before its first use a planned key is made: 30 s.</summary>
    public static readonly TimeSpan PlanAhead = TimeSpan.FromSeconds(30);

    /// <summary>How many frames a key seals at most: 2^20.</summary>
    public const ulong MaxFrames = 1UL << 20;

    /// <summary>How many frames before its first use a planned key is made: 2^14.</summary>
    public const ulong PlanAheadFrames = 1UL << 14;

    private readonly IPrimitives _primitives;
    private readonly EpochLimits _limits;
    private readonly List<LaneEpoch> _epochs = [];
    private LaneEpoch? _planned;

    /// <summary>Makes the first epoch.</summary>
    /// <param name="primitives">The source of keys.</param>
    /// <param name="limits">How long a key is used; null for the protocol's limits.</param>
    public LaneEpochs(IPrimitives primitives, EpochLimits? limits = null)
    {
        _primitives = primitives;
        _limits = limits ?? new EpochLimits();
        Current = Make(1);
        _epochs.Add(Current);
    }

    /// <summary>The epoch whose key seals the next frame.</summary>
    public LaneEpoch Current { get; private set; }

    /// <summary>The epochs whose frames are held, the current one and the planned one, oldest first.</summary>
    public IReadOnlyList<LaneEpoch> All => _epochs;

    /// <summary>Makes the next key when the time has come to tell readers of it.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <param name="made">The planned epoch.</param>
    /// <returns>True when one was made now.</returns>
    public bool TryPlan(TimeSpan now, out LaneEpoch made)
    {
        made = Current;
        if (_planned is not null || !IsWorn(now + _limits.PlanAhead, _limits.PlanAheadFrames))
        {
            return false;
        }

        _planned = made = Make(Current.Number + 1);
        _epochs.Add(_planned);
        return true;
    }

    /// <summary>Gives the epoch that seals a frame, and counts its use.</summary>
    /// <param name="frame">The number of the frame.</param>
    /// <param name="now">Monotonic time.</param>
    /// <returns>The epoch.</returns>
    public LaneEpoch Use(ulong frame, TimeSpan now)
    {
        if (_planned is not null && IsWorn(now, 0))
        {
            Current = _planned;
            _planned = null;
        }

        if (Current.FirstFrame == 0)
        {
            Current.FirstFrame = frame;
            Current.UsedSince = now;
        }

        Current.LastFrame = frame;
        return Current;
    }

    /// <summary>Replaces the key at once: a reader was removed.</summary>
    /// <returns>The fresh epoch; it seals the next frame.</returns>
    public LaneEpoch Replace()
    {
        var fresh = Make((_planned ?? Current).Number + 1);
        if (_planned is not null)
        {
            _ = _epochs.Remove(_planned);
            _planned.Key.Dispose();
            _planned = null;
        }

        Current = fresh;
        _epochs.Add(fresh);
        return fresh;
    }

    /// <summary>Destroys the keys whose frames are no longer held.</summary>
    /// <param name="firstHeld">The oldest frame that is held.</param>
    public void Forget(ulong firstHeld)
    {
        while (_epochs[0] != Current && _epochs[0].LastFrame < firstHeld)
        {
            _epochs[0].Key.Dispose();
            _epochs.RemoveAt(0);
        }
    }

    /// <summary>Destroys all keys.</summary>
    public void Dispose()
    {
        foreach (var epoch in _epochs)
        {
            epoch.Key.Dispose();
        }

        _epochs.Clear();
    }

    private bool IsWorn(TimeSpan now, ulong moreFrames) =>
        Current.FirstFrame != 0
        && (now - Current.UsedSince >= _limits.MaxUse
            || Current.LastFrame - Current.FirstFrame + 1 + moreFrames >= _limits.MaxFrames);

    private LaneEpoch Make(uint number) => new(number, EpochKey.Create(_primitives));
}
