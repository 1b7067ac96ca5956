using System.Net;
using Mesh.Core.Identity;

namespace Mesh.Core.Sessions;

/// <summary>Whom to dial until a session stands: a peer by its id, or whoever is at a static endpoint.</summary>
internal sealed class DialTarget
{
    private const int MaxCandidates = 8;

    private readonly List<IPEndPoint> _candidates = [];
    private readonly BackOff _backOff;
    private readonly PaceTable<IPAddress> _addresses;
    private TimeSpan _dueAt;

    /// <summary>Makes a target without candidates, due at once.</summary>
    /// <param name="expected">The only node that will do, or <see langword="null"/> for whoever answers.</param>
    /// <param name="backOff">The schedule of its tries.</param>
    /// <param name="addressInterval">One address is not tried for it more often than this, whatever the port.</param>
    public DialTarget(NodeId? expected, BackOff backOff, TimeSpan addressInterval)
    {
        Expected = expected;
        _backOff = backOff;
        _addresses = new PaceTable<IPAddress>(addressInterval);
    }

    /// <summary>The only node that will do, or <see langword="null"/> for whoever answers.</summary>
    public NodeId? Expected { get; }

    /// <summary>Who answered last at a static endpoint.</summary>
    public NodeId? Learned { get; set; }

    /// <summary>Where the node may be, the newest first; at most 8.</summary>
    public IReadOnlyList<IPEndPoint> Candidates => _candidates;

    /// <summary>Whether a try is under way.</summary>
    public bool IsDialling { get; set; }

    /// <summary>Whether a later incarnation than the one of the session was heard, and not tried yet.</summary>
    public bool IsReborn { get; set; }

    /// <summary>Whether the static endpoint turned out to be this node's own.</summary>
    public bool IsSelf { get; set; }

    /// <summary>When the next try is due.</summary>
    public TimeSpan DueAt
    {
        get => _dueAt;
        set => (_dueAt, IsPaced) = (value, false);
    }

    /// <summary>Whether it is due later than it would be, because its addresses were dialled just now.</summary>
    public bool IsPaced { get; private set; }

    /// <summary>When the last try began.</summary>
    public TimeSpan LastTryAt { get; private set; }

    /// <summary>Why the last try failed; <see langword="null"/> after a success.</summary>
    public string? Problem { get; set; }

    /// <summary>The incarnation in the last evidence.</summary>
    public ulong EvidenceIncarnation { get; private set; }

    /// <summary>When the last evidence came.</summary>
    public TimeSpan? EvidenceAt { get; private set; }

    /// <summary>When an endpoint may be tried, as far as this target is concerned.</summary>
    /// <param name="endpoint">One of the candidates.</param>
    /// <param name="now">The loop's time.</param>
    /// <returns>Now, or later.</returns>
    public TimeSpan AllowedAt(IPEndPoint endpoint, TimeSpan now) =>
        _addresses.AllowedAt(DialPace.Plain(endpoint.Address), now);

    /// <summary>Notes that an endpoint is tried.</summary>
    /// <param name="endpoint">One of the candidates.</param>
    /// <param name="now">The loop's time.</param>
    public void NoteTry(IPEndPoint endpoint, TimeSpan now)
    {
        LastTryAt = now;
        _addresses.Note(DialPace.Plain(endpoint.Address), now);
    }

    /// <summary>Waits because its addresses were dialled just now.</summary>
    /// <param name="until">When one of them may be dialled.</param>
    public void WaitForPace(TimeSpan until)
    {
        DueAt = until;
        IsPaced = true;
    }

    /// <summary>Adds a candidate, or makes a known one the newest.</summary>
    /// <param name="endpoint">Where the node may be.</param>
    /// <returns>Whether it was new.</returns>
    public bool AddCandidate(IPEndPoint endpoint)
    {
        var wasKnown = _candidates.Remove(endpoint);
        _candidates.Insert(0, endpoint);
        if (_candidates.Count > MaxCandidates)
        {
            _candidates.RemoveAt(MaxCandidates);
        }

        return !wasKnown;
    }

    /// <summary>Takes a sign of life.</summary>
    /// <param name="endpoint">Where it came from, or what it names.</param>
    /// <param name="incarnation">The incarnation in it.</param>
    /// <param name="staleAfter">Evidence after a longer pause than this is fresh again.</param>
    /// <param name="now">The loop's time.</param>
    /// <returns>Whether it earns a try of its own: a new place, a new incarnation, or the first for a while.</returns>
    public bool TakeEvidence(IPEndPoint endpoint, ulong incarnation, TimeSpan staleAfter, TimeSpan now)
    {
        var isFresh = incarnation > EvidenceIncarnation || EvidenceAt is not { } last || now - last > staleAfter;
        isFresh |= AddCandidate(endpoint);
        EvidenceIncarnation = Math.Max(incarnation, EvidenceIncarnation);
        EvidenceAt = now;
        return isFresh;
    }

    /// <summary>A try failed: waits by the schedule.</summary>
    /// <param name="now">The loop's time.</param>
    public void WaitBySchedule(TimeSpan now) => DueAt = now + _backOff.NextDelay();

    /// <summary>Starts the schedule again.</summary>
    public void ResetSchedule() => _backOff.Reset();
}
