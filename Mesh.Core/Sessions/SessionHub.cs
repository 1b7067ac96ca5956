using System.Diagnostics.CodeAnalysis;
using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Sessions;

/// <summary>All sessions of a node: those that others dial, those that it dials, and whom it dials when.</summary>
/// <remarks>
/// Pure: the loop gives it what its links delivered and the time; it answers by its links and its events. Not thread
/// safe. Between calls the loop may sleep until <see cref="NextDeadline"/>.
/// </remarks>
internal sealed partial class SessionHub : IDisposable
{
    private readonly SessionOptions _options;
    private readonly LocalNode _local;
    private readonly IPrimitives _primitives;
    private readonly ISessionLinks _linkMaker;
    private readonly ISessionTrust _trust;
    private readonly ISessionEvents _events;
    private readonly IHeads? _heads;
    private readonly SessionBuffers _buffers = new();
    private readonly ReadyList _ready = new();
    private readonly LinkTable _links = new();
    private readonly SessionTable _sessions = new();
    private readonly HalfOpenLimits _halfOpen;
    private readonly LatenessWatch _lateness;
    private readonly Dialer _dialer;
    private readonly IncarnationBook _incarnations = new();
    private readonly Dictionary<NodeId, Presence> _presence = [];
    private TimeSpan _nextTimer = TimeSpan.MaxValue;
    private bool _isShuttingDown;

    /// <summary>Makes a hub without sessions.</summary>
    /// <param name="setup">What it needs.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option cannot work.</exception>
    public SessionHub(SessionHubSetup setup)
    {
        _options = setup.Options.Validated();
        _local = setup.Local;
        _primitives = setup.Primitives;
        _linkMaker = setup.Links;
        _trust = setup.Trust;
        _events = setup.Events;
        _heads = setup.Heads;
        _halfOpen = new HalfOpenLimits(_options);
        _lateness = new LatenessWatch(_options.LateTolerance);
        _dialer = new Dialer(_options, setup.Random);
    }

    /// <summary>What was counted since the start.</summary>
    public SessionCounters Counters { get; } = new();

    /// <summary>The sessions in use, one of each pair of instances. Not to be kept across calls of the hub.</summary>
    public IReadOnlyCollection<Session> Sessions => _sessions.Current;

    /// <summary>When <see cref="Poll"/> is to be called at the latest; zero when there is something to do.</summary>
    public TimeSpan NextDeadline => _ready.Count > 0 ? TimeSpan.Zero : _nextTimer;

    /// <summary>Whether nothing is left to be sent or waited for, after <see cref="Shutdown"/>.</summary>
    public bool IsQuiet => _links.Count == 0;

    /// <summary>The session in use with the owner of an id.</summary>
    /// <param name="id">The node.</param>
    /// <param name="session">The session.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGetOwner(NodeId id, [NotNullWhen(true)] out Session? session)
    {
        session = _sessions.Owner(id);
        return session is not null;
    }

    /// <summary>What is believed about the owner of an id.</summary>
    /// <param name="id">The node.</param>
    /// <returns>The belief.</returns>
    public Presence PresenceOf(NodeId id) => _presence.GetValueOrDefault(id);

    /// <summary>Why the last try to reach a peer failed.</summary>
    /// <param name="id">The peer.</param>
    /// <returns>A few words, or <see langword="null"/>.</returns>
    public string? ProblemOf(NodeId id) => _dialer.Find(id)?.Problem;

    /// <summary>Where a peer may be, the newest first.</summary>
    /// <param name="id">The peer.</param>
    /// <returns>At most 8 endpoints; none unless the peer is accepted or answered at a static one.</returns>
    public IReadOnlyList<IPEndPoint> EndpointsOf(NodeId id) => _dialer.Find(id)?.Candidates ?? [];

    /// <summary>Sends a ping with the heads of now to everybody who is attached to something.</summary>
    /// <param name="now">The loop's time.</param>
    public void PushHeads(TimeSpan now)
    {
        foreach (var session in _sessions.Current)
        {
            if (_heads is not null && _heads.Heads(session).Length > 0)
            {
                session.PushPing(now);
            }
        }
    }

    /// <summary>Goes on under another incarnation: says goodbye to all and dials again.</summary>
    /// <param name="incarnation">The new one, later than the old.</param>
    /// <param name="now">The loop's time.</param>
    public void Continue(ulong incarnation, TimeSpan now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(incarnation, _local.Incarnation);
        _local.Incarnation = incarnation;
        DropHandshakes(now);
        foreach (var session in Everybody())
        {
            session.Bye(RefuseCode.Busy, "", SessionEnd.Closed, now);
        }

        _dialer.NudgeAll(now);
        Schedule(now);
    }

    /// <summary>Says goodbye to all; poll on until <see cref="IsQuiet"/>, a short while at most.</summary>
    /// <param name="now">The loop's time.</param>
    public void Shutdown(TimeSpan now)
    {
        _isShuttingDown = true;
        DropHandshakes(now);
        foreach (var session in Everybody())
        {
            session.Bye(RefuseCode.ShuttingDown, "", SessionEnd.Closed, now);
        }

        Schedule(now);
    }

    /// <summary>Ends everything without a word and wipes the keys.</summary>
    public void Dispose()
    {
        foreach (var join in _joins)
        {
            join.Dispose();
        }

        foreach (var link in _links.All.ToList())
        {
            link.Responder?.Dispose();
            link.Initiator?.Dispose();
            link.Session?.Dispose();
            link.Link.Close();
        }
    }

    private List<Session> Everybody() =>
        [.. _links.All.Where(link => link.Session is not null).Select(link => link.Session!)];

    private void Schedule(TimeSpan at)
    {
        if (at < _nextTimer)
        {
            _nextTimer = at;
        }
    }
}
