namespace Mesh.Core.Sessions;

/// <summary>Judges a peer by how long it has been silent.</summary>
/// <remarks>
/// A peer that is heard at least once in each <c>suspectAfter</c> stays alive. A node that was itself asleep calls
/// <see cref="Forgive"/>: what lay unread meanwhile is no fault of the peer.
/// </remarks>
/// <param name="suspectAfter">Silence that makes a peer suspect.</param>
/// <param name="lostAfter">Silence that makes it lost, longer than <paramref name="suspectAfter"/>.</param>
/// <param name="now">When the peer was first heard.</param>
internal sealed class SilenceWatch(TimeSpan suspectAfter, TimeSpan lostAfter, TimeSpan now)
{
    // The silence counts from here; later than LastHeard only after Forgive.
    private TimeSpan _since = now;

    /// <summary>When the peer was last heard.</summary>
    public TimeSpan LastHeard { get; private set; } = now;

    /// <summary>Alive, suspect or lost, as of the last <see cref="Judge"/> or <see cref="Heard"/>.</summary>
    public Presence State { get; private set; } = Presence.Alive;

    /// <summary>When <see cref="Judge"/> will have a new verdict if nothing is heard before.</summary>
    public TimeSpan NextDeadline => State switch
    {
        Presence.Alive => _since + suspectAfter,
        Presence.Suspect => _since + lostAfter,
        _ => TimeSpan.MaxValue,
    };

    /// <summary>The peer was heard.</summary>
    /// <param name="now">When.</param>
    /// <returns>Whether that changed the state.</returns>
    public bool Heard(TimeSpan now)
    {
        LastHeard = now;
        _since = now;
        var changed = State == Presence.Suspect;
        if (changed)
        {
            State = Presence.Alive;
        }

        return changed;
    }

    /// <summary>Compares the silence with the limits.</summary>
    /// <param name="now">The loop's time.</param>
    /// <returns>Whether the state changed. Lost is final.</returns>
    public bool Judge(TimeSpan now)
    {
        var silence = now - _since;
        var verdict = silence >= lostAfter ? Presence.Lost : silence >= suspectAfter ? Presence.Suspect : State;
        var changed = State != Presence.Lost && verdict != State;
        if (changed)
        {
            State = verdict;
        }

        return changed;
    }

    /// <summary>Blames nobody for one interval, because this node's own timer was late.</summary>
    /// <param name="now">The loop's time.</param>
    /// <param name="interval">How long a living peer needs to be heard again.</param>
    public void Forgive(TimeSpan now, TimeSpan interval)
    {
        var limit = State == Presence.Suspect ? lostAfter : suspectAfter;
        var earliest = now - limit + interval;
        if (_since < earliest)
        {
            _since = earliest;
        }
    }
}
