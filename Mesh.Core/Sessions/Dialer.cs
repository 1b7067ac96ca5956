using System.Diagnostics.CodeAnalysis;
using System.Net;
using Mesh.Core.Identity;

namespace Mesh.Core.Sessions;

/// <summary>Says whom to dial, where and when; the hub carries it out and tells how it ended.</summary>
/// <remarks>
/// Targets are accepted peers and static endpoints. A failed try waits by the schedule, fresh evidence earns one try at
/// once, and <see cref="DialPace"/> bounds them all.
/// </remarks>
/// <param name="options">Validated options.</param>
/// <param name="random">The source of jitter.</param>
internal sealed class Dialer(SessionOptions options, Random random)
{
    // A node that said goodbye, or said no for good, is asked again rarely: a person may change their mind.
    private static readonly TimeSpan LeftRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(60);

    private readonly Dictionary<NodeId, DialTarget> _peers = [];
    private readonly Dictionary<IPEndPoint, DialTarget> _statics = [];
    private readonly Dictionary<NodeId, ulong> _connected = [];
    private int _dialling;

    /// <summary>The pace that joins keep too.</summary>
    public DialPace Pace { get; } = new(options.AddressInterval);

    /// <summary>How many static endpoints there are.</summary>
    public int StaticCount => _statics.Count;

    /// <summary>The target of an accepted peer.</summary>
    /// <param name="id">The peer.</param>
    /// <param name="target">The target, if the peer is one.</param>
    /// <returns>Whether the peer is a target.</returns>
    public bool TryGet(NodeId id, [NotNullWhen(true)] out DialTarget? target) => _peers.TryGetValue(id, out target);

    /// <summary>The target of a node, accepted or not: its own, else the static endpoint where it answered.</summary>
    /// <param name="id">The node.</param>
    /// <returns>The target, or <see langword="null"/> when nothing dials the node.</returns>
    public DialTarget? Find(NodeId id) =>
        _peers.GetValueOrDefault(id) ?? _statics.Values.FirstOrDefault(other => other.Learned == id);

    /// <summary>Makes an accepted peer a target; nothing changes if it is one.</summary>
    /// <param name="id">The peer.</param>
    /// <returns>The target.</returns>
    public DialTarget AddPeer(NodeId id)
    {
        if (!_peers.TryGetValue(id, out var target))
        {
            target = NewTarget(id);
            _peers.Add(id, target);
            AdoptStatics(target, id);
        }

        return target;
    }

    /// <summary>Stops dialling a peer.</summary>
    /// <param name="id">The peer.</param>
    public void RemovePeer(NodeId id)
    {
        if (_peers.Remove(id, out var target) && target.IsDialling)
        {
            Ended(target);
        }
    }

    /// <summary>Dials whoever is at an endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public void AddStatic(IPEndPoint endpoint)
    {
        var target = NewTarget(null);
        if (_statics.TryAdd(endpoint, target))
        {
            target.AddCandidate(endpoint);
        }
    }

    /// <summary>Takes a sign of life of a peer; ignored unless it is a target.</summary>
    /// <param name="id">The peer.</param>
    /// <param name="endpoint">Where it may be dialled.</param>
    /// <param name="incarnation">The incarnation in the sign, 0 if there is none in it.</param>
    /// <param name="now">The loop's time.</param>
    public void Evidence(NodeId id, IPEndPoint endpoint, ulong incarnation, TimeSpan now)
    {
        if (!_peers.TryGetValue(id, out var target)
            || !target.TakeEvidence(endpoint, incarnation, options.LostAfter, now))
        {
            return;
        }

        if (!_connected.TryGetValue(id, out var current))
        {
            target.DueAt = now;
        }
        else if (incarnation > current)
        {
            // It was started again: the session is with a process that is gone, which nobody said.
            target.IsReborn = true;
            target.DueAt = now;
        }
    }

    /// <summary>Makes a peer due at once, because a person or a decision asks for it.</summary>
    /// <param name="id">The peer.</param>
    /// <param name="now">The loop's time.</param>
    public void Nudge(NodeId id, TimeSpan now)
    {
        foreach (var target in All())
        {
            if ((target.Expected ?? target.Learned) == id)
            {
                target.DueAt = now;
                target.ResetSchedule();
            }
        }
    }

    /// <summary>Makes everybody due at once, because this node changed.</summary>
    /// <param name="now">The loop's time.</param>
    public void NudgeAll(TimeSpan now)
    {
        foreach (var target in All())
        {
            target.DueAt = now;
        }
    }

    /// <summary>The next try that is due, noted as under way.</summary>
    /// <param name="now">The loop's time.</param>
    /// <param name="request">The try.</param>
    /// <returns><see langword="false"/> when nothing is due.</returns>
    public bool TryNext(TimeSpan now, [NotNullWhen(true)] out DialRequest? request)
    {
        request = null;
        while (FirstDue() is { } target && target.DueAt <= now)
        {
            var endpoints = Allowed(target, now);
            if (endpoints.Count == 0)
            {
                target.WaitForPace(target.Candidates.Min(endpoint => AllowedAt(target, endpoint, now)));
                continue;
            }

            target.IsDialling = true;
            target.IsReborn = false;
            _dialling++;
            request = new DialRequest(target, endpoints);
            return true;
        }

        return false;
    }

    /// <summary>When something will be due.</summary>
    /// <returns>The time, or the greatest there is.</returns>
    public TimeSpan NextDeadline() => FirstDue()?.DueAt ?? TimeSpan.MaxValue;

    /// <summary>A session with the owner of an id stands, whoever dialled.</summary>
    /// <param name="id">The peer.</param>
    /// <param name="incarnation">The incarnation that the session is with.</param>
    public void Connected(NodeId id, ulong incarnation)
    {
        _connected[id] = incarnation;
        if (_peers.TryGetValue(id, out var target))
        {
            target.ResetSchedule();
            target.Problem = null;
        }
    }

    /// <summary>The last session with the owner of an id is over.</summary>
    /// <param name="id">The peer.</param>
    /// <param name="end">Why.</param>
    /// <param name="now">The loop's time.</param>
    public void Disconnected(NodeId id, SessionEnd end, TimeSpan now)
    {
        _connected.Remove(id);
        foreach (var target in All())
        {
            if ((target.Expected ?? target.Learned) != id)
            {
                continue;
            }

            if (end == SessionEnd.Left)
            {
                target.DueAt = now + LeftRetry;
            }
            else
            {
                target.WaitBySchedule(now);
            }
        }
    }

    /// <summary>A try ended with a session.</summary>
    /// <param name="target">Whose try.</param>
    public void Succeeded(DialTarget target)
    {
        Ended(target);
        target.ResetSchedule();
        target.Problem = null;
    }

    /// <summary>A try came to nothing; the next one waits by the schedule.</summary>
    /// <param name="target">Whose try.</param>
    /// <param name="problem">Why, in a few words.</param>
    /// <param name="now">The loop's time.</param>
    public void Failed(DialTarget target, string problem, TimeSpan now)
    {
        Ended(target);
        target.Problem = problem;
        target.WaitBySchedule(now);
    }

    /// <summary>The node at the other end answered and refused, or this side refused it.</summary>
    /// <param name="target">Whose try.</param>
    /// <param name="problem">Why, in a few words.</param>
    /// <param name="retryAfter">When to ask again; bounded here.</param>
    /// <param name="now">The loop's time.</param>
    public void Refused(DialTarget target, string problem, TimeSpan retryAfter, TimeSpan now)
    {
        Ended(target);
        target.Problem = problem;
        target.DueAt = now + TimeSpan.FromTicks(
            Math.Clamp(retryAfter.Ticks, options.AddressInterval.Ticks, LongestRetry.Ticks));
    }

    /// <summary>Where the peers may be that are targets.</summary>
    /// <returns>Their addresses, with repetitions.</returns>
    public IEnumerable<IPAddress> Addresses() =>
        _peers.Values.SelectMany(target => target.Candidates).Select(endpoint => endpoint.Address);

    /// <summary>A node has proved itself at an address: others there need not wait for each other.</summary>
    /// <param name="address">The address.</param>
    /// <param name="now">The loop's time.</param>
    public void Prove(IPAddress address, TimeSpan now)
    {
        if (!Pace.Prove(address))
        {
            return;
        }

        foreach (var target in All())
        {
            if (target.IsPaced)
            {
                target.DueAt = now;
            }
        }
    }

    /// <summary>How many static endpoints there are at an address.</summary>
    /// <param name="address">The address.</param>
    public int CountStatic(IPAddress address) => _statics.Keys.Count(endpoint => endpoint.Address.Equals(address));

    /// <summary>A static endpoint answered.</summary>
    /// <param name="endpoint">The endpoint; ignored unless it is a static one.</param>
    /// <param name="id">Who answered, or <see langword="null"/> when it is another than it was.</param>
    public void Learn(IPEndPoint endpoint, NodeId? id)
    {
        if (!_statics.TryGetValue(endpoint, out var target))
        {
            return;
        }

        target.Learned = id;
        if (id is { } known && _peers.TryGetValue(known, out var peer))
        {
            peer.AddCandidate(endpoint);
        }
    }

    private DialTarget NewTarget(NodeId? expected) =>
        new(expected, new BackOff(random, options.BackOffFirst, options.BackOffLimit), options.AddressInterval);

    private IEnumerable<DialTarget> All() => _peers.Values.Concat(_statics.Values);

    private void AdoptStatics(DialTarget target, NodeId id)
    {
        foreach (var (endpoint, other) in _statics)
        {
            if (other.Learned == id)
            {
                target.AddCandidate(endpoint);
            }
        }
    }

    private void Ended(DialTarget target)
    {
        if (target.IsDialling)
        {
            target.IsDialling = false;
            _dialling--;
        }
    }

    private DialTarget? FirstDue()
    {
        DialTarget? first = null;
        if (_dialling >= options.MaxDials)
        {
            return null;
        }

        foreach (var target in All())
        {
            // Who shares an address takes turns.
            if ((first is null || (target.DueAt, target.LastTryAt).CompareTo((first.DueAt, first.LastTryAt)) < 0)
                && IsWanted(target))
            {
                first = target;
            }
        }

        return first;
    }

    private bool IsWanted(DialTarget target)
    {
        if (target.IsDialling || target.IsSelf || target.Candidates.Count == 0)
        {
            return false;
        }

        // A static endpoint whose node became a target of its own is dialled by that one.
        return target.Expected is { } id
            ? target.IsReborn || !_connected.ContainsKey(id)
            : target.Learned is not { } learned || (!_connected.ContainsKey(learned) && !_peers.ContainsKey(learned));
    }

    private TimeSpan AllowedAt(DialTarget target, IPEndPoint endpoint, TimeSpan now)
    {
        var (byTarget, byAll) = (target.AllowedAt(endpoint, now), Pace.AllowedAt(endpoint, now));
        return byTarget > byAll ? byTarget : byAll;
    }

    private List<IPEndPoint> Allowed(DialTarget target, TimeSpan now)
    {
        var endpoints = new List<IPEndPoint>(options.MaxParallelDials);
        foreach (var candidate in target.Candidates)
        {
            if (endpoints.Count < options.MaxParallelDials && AllowedAt(target, candidate, now) <= now)
            {
                Pace.Note(candidate, now);
                target.NoteTry(candidate, now);
                endpoints.Add(candidate);
            }
        }

        return endpoints;
    }
}
