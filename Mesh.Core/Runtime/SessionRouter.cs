using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Sessions;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.Messages;
using Microsoft.Extensions.Logging;

namespace Mesh.Core.Runtime;

/// <summary>Carries the facts of sessions to the parts that they are for, and to whoever asked for them.</summary>
/// <param name="watch">The watching side.</param>
/// <param name="now">The loop's time.</param>
/// <param name="logger">Who came, who left, who is pending.</param>
internal sealed partial class SessionRouter(WatchPart watch, Func<TimeSpan> now, ILogger logger)
    : ISessionEvents, IHeads
{
    private readonly Dictionary<NodeId, RefuseCode> _refusals = [];
    private ulong _staleKnown;

    /// <summary>The publishing side; null for a guest.</summary>
    public PublishPart? Publish { get; set; }

    /// <summary>The watching side.</summary>
    public WatchPart Watch { get; } = watch;

    /// <summary>Messages that neither the publishing nor the watching side takes.</summary>
    public long UnwantedMessages { get; private set; }

    /// <summary>Takes a later incarnation of this node that a peer knows.</summary>
    public Action<ulong>? Stale { get; set; }

    /// <summary>Takes the end of a join.</summary>
    public Action<JoinResult>? Joined { get; set; }

    /// <summary>Takes what is learned of a peer whose session opened: where it is, and its incarnation.</summary>
    public Action<Session>? Learned { get; set; }

    /// <summary>Passes on what was learned of this node's own incarnation, outside of what told it.</summary>
    public void TellStale()
    {
        if (_staleKnown > 0)
        {
            var known = _staleKnown;
            _staleKnown = 0;
            Stale?.Invoke(known);
        }
    }

    /// <summary>Why a peer last refused this node, in a few words.</summary>
    /// <param name="peer">The peer.</param>
    public string? ProblemOf(NodeId peer) => _refusals.TryGetValue(peer, out var code) ? Describe(code) : null;

    /// <summary>Whether only a decision of the peer can let this node in.</summary>
    /// <param name="peer">The peer.</param>
    public bool IsRefusedBy(NodeId peer) => _refusals.TryGetValue(peer, out var code)
        && code is RefuseCode.Pending or RefuseCode.Rejected or RefuseCode.Revoked;

    /// <inheritdoc/>
    public LaneHead[] Heads(Session session) => Publish?.Heads(session) ?? [];

    /// <inheritdoc/>
    public void Opened(Session session)
    {
        _refusals.Remove(session.Peer.Id);
        var level = LevelOf(session);
        LogOpened(level, session.Name, session.Peer.Id, session.Endpoint);
        Learned?.Invoke(session);
        Publish?.Open(session);
        Watch.Open(session, now());
    }

    /// <inheritdoc/>
    public void MessageReceived(Session session, SessionMessageType type, ReadOnlySpan<byte> message)
    {
        if (Watch.Handle(session, type, message, now()) || Publish?.Handle(session, type, message, now()) == true)
        {
            return;
        }

        if (type != SessionMessageType.Ping)
        {
            UnwantedMessages++;
            LogUnexpected(type, session.Peer.Id);
        }
    }

    /// <inheritdoc/>
    public void Closed(Session session)
    {
        var level = LevelOf(session);
        LogClosed(level, session.Name, session.Peer.Id, session.End);
        Publish?.Close(session);
        Watch.Close(session);
    }

    /// <inheritdoc/>
    public void RightsChanged(Session session) => Watch.ApplyRights(session, now());

    /// <inheritdoc/>
    public void PresenceChanged(NodeId peer, Presence presence) => LogPresence(peer, presence);

    /// <inheritdoc/>
    public void PendingAdded(NodeId peer, string name) => LogPending(peer);

    /// <inheritdoc/>
    public void Refused(NodeId peer, IPEndPoint? endpoint, in RefuseMessage refusal)
    {
        _refusals[peer] = refusal.Code;
        LogRefused(peer, endpoint, refusal.Code);
    }

    /// <inheritdoc/>
    public void StaleIncarnation(NodeId peer, ulong known) => _staleKnown = Math.Max(_staleKnown, known);

    /// <inheritdoc/>
    public void JoinEnded(JoinResult result) => Joined?.Invoke(result);

    private static string Describe(RefuseCode code) => code switch
    {
        RefuseCode.Pending => "it has not accepted this node yet",
        RefuseCode.Rejected => "it has rejected this node",
        RefuseCode.Revoked => "it has blocked this node",
        RefuseCode.Stale => "it knows a later incarnation of this node",
        RefuseCode.Version => "no common version of the protocol",
        RefuseCode.Busy => "it has too many sessions",
        RefuseCode.ShuttingDown => "it is shutting down",
        _ => $"refused ({code})",
    };

    // Guests are commands: they come and go by the minute.
    private static LogLevel LevelOf(Session session) =>
        session.Peer.Kind == InstanceKind.Guest ? LogLevel.Debug : LogLevel.Information;

    [LoggerMessage(EventId = 1910, Message = "{Name} ({PeerId}) joined at {Endpoint}")]
    private partial void LogOpened(LogLevel level, string name, NodeId peerId, IPEndPoint? endpoint);

    [LoggerMessage(EventId = 1911, Message = "{Name} ({PeerId}) left: {End}")]
    private partial void LogClosed(LogLevel level, string name, NodeId peerId, SessionEnd end);

    [LoggerMessage(1912, LogLevel.Debug, "{PeerId} is {Presence}")]
    private partial void LogPresence(NodeId peerId, Presence presence);

    [LoggerMessage(1913, LogLevel.Information, "{PeerId} is a stranger and waits to be accepted or rejected")]
    private partial void LogPending(NodeId peerId);

    [LoggerMessage(1914, LogLevel.Debug, "{PeerId} at {Endpoint} refused: {Code}")]
    private partial void LogRefused(NodeId peerId, IPEndPoint? endpoint, RefuseCode code);

    [LoggerMessage(1915, LogLevel.Debug, "Nobody here takes {Type} from {PeerId}")]
    private partial void LogUnexpected(SessionMessageType type, NodeId peerId);
}
