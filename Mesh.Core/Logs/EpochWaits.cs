namespace Mesh.Core.Logs;

/// <summary>The epochs whose keys a reader lacks, and when it asks for them (again).</summary>
/// <remarks>Frames of unknown epochs are not checked yet, so only a few epochs are believed at a time.</remarks>
internal sealed class EpochWaits
{
    private const int MaxEpochs = 4;

    private readonly Dictionary<uint, Wait> _waits = [];

    /// <summary>When <see cref="TryAsk"/> has something to say; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan NextAskAt
    {
        get
        {
            var next = TimeSpan.MaxValue;
            foreach (var wait in _waits.Values)
            {
                next = wait.AskAt < next ? wait.AskAt : next;
            }

            return next;
        }
    }

    /// <summary>Notes an epoch. The grant is mostly on its way, so it is asked for a little later.</summary>
    /// <param name="epoch">The epoch that a frame claims.</param>
    /// <param name="now">Monotonic time.</param>
    public void Add(uint epoch, TimeSpan now)
    {
        if (_waits.Count < MaxEpochs)
        {
            _ = _waits.TryAdd(epoch, new Wait(now + HoleList.FirstDelay, HoleList.FirstDelay));
        }
    }

    /// <summary>Forgets an epoch: its key came, or no frame waits for it any more.</summary>
    /// <param name="epoch">The epoch.</param>
    public void Remove(uint epoch) => _ = _waits.Remove(epoch);

    /// <summary>Forgets all epochs.</summary>
    public void Clear() => _waits.Clear();

    /// <summary>Gives an epoch whose key is to be asked for.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <param name="epoch">The epoch.</param>
    /// <returns>False when none is due.</returns>
    public bool TryAsk(TimeSpan now, out uint epoch)
    {
        foreach (var (candidate, wait) in _waits)
        {
            if (wait.AskAt <= now)
            {
                var delay = wait.Delay * 2 < HoleList.MaxDelay ? wait.Delay * 2 : HoleList.MaxDelay;
                _waits[candidate] = new Wait(now + delay, delay);
                epoch = candidate;
                return true;
            }
        }

        epoch = 0;
        return false;
    }

    private readonly record struct Wait(TimeSpan AskAt, TimeSpan Delay);
}
