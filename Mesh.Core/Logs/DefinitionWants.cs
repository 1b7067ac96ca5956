namespace Mesh.Core.Logs;

/// <summary>The definitions that a reader waits for: which are asked for, and when it gives up.</summary>
/// <param name="wait">How long an answer may take, and how long to wait for a session.</param>
internal sealed class DefinitionWants(TimeSpan wait)
{
    private const int MaxAsked = 16;

    private readonly Dictionary<DefinitionHash, Want> _wants = [];
    private int _asked;

    /// <summary>Notes a definition; one that is waited for already stays as it is.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="now">Monotonic time.</param>
    public void Add(DefinitionHash hash, TimeSpan now) => _ = _wants.TryAdd(hash, new Want(now + wait, false));

    /// <summary>Notes that a definition came or will not come.</summary>
    /// <param name="hash">Its hash.</param>
    /// <returns>False when it was not waited for.</returns>
    public bool Remove(DefinitionHash hash)
    {
        if (!_wants.Remove(hash, out var want))
        {
            return false;
        }

        _asked -= want.IsAsked ? 1 : 0;
        return true;
    }

    /// <summary>Makes all of them due: a session is new.</summary>
    /// <param name="now">Monotonic time.</param>
    public void AskAgain(TimeSpan now)
    {
        _asked = 0;
        foreach (var hash in _wants.Keys)
        {
            _wants[hash] = new Want(now + wait, false);
        }
    }

    /// <summary>Gives one to ask for; only a few are under way at a time.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <param name="hash">Its hash.</param>
    /// <returns>False when none is to be asked for now.</returns>
    public bool TryAsk(TimeSpan now, out DefinitionHash hash)
    {
        hash = default;
        if (_asked == _wants.Count || _asked == MaxAsked)
        {
            return false;
        }

        foreach (var (candidate, want) in _wants)
        {
            if (!want.IsAsked)
            {
                hash = candidate;
                _wants[candidate] = new Want(now + wait, true);
                _asked++;
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives one whose wait is over, and forgets it.</summary>
    /// <param name="hasSession">True when those that are not asked for yet will have their turn.</param>
    /// <param name="now">Monotonic time.</param>
    /// <param name="hash">Its hash.</param>
    /// <returns>False when none is over.</returns>
    public bool TryGiveUp(bool hasSession, TimeSpan now, out DefinitionHash hash)
    {
        foreach (var (candidate, want) in _wants)
        {
            if (want.Until <= now && (want.IsAsked || !hasSession))
            {
                hash = candidate;
                return Remove(candidate);
            }
        }

        hash = default;
        return false;
    }

    /// <summary>When <see cref="TryGiveUp"/> has something to say; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    /// <param name="hasSession">As there.</param>
    /// <returns>A time.</returns>
    public TimeSpan NextAt(bool hasSession)
    {
        var next = TimeSpan.MaxValue;
        foreach (var want in _wants.Values)
        {
            next = want.Until < next && (want.IsAsked || !hasSession) ? want.Until : next;
        }

        return next;
    }

    private readonly record struct Want(TimeSpan Until, bool IsAsked);
}
