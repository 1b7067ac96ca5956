using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Trust;
using Mesh.Core.Wire.Handshake;

namespace Mesh.Core.Sessions;

/// <summary>What is to be said of one session, at one moment.</summary>
internal sealed record PeerReport
{
    /// <summary>The node.</summary>
    public required NodeId Id { get; init; }

    /// <summary>Whether it is the node's owner or a guest beside it.</summary>
    public required InstanceKind Kind { get; init; }

    /// <summary>What it calls itself. A label from outside: escape it on output.</summary>
    public required string Name { get; init; }

    /// <summary>Alive or suspect.</summary>
    public required Presence Presence { get; init; }

    /// <summary>What it may do here.</summary>
    public required Rights RightsGiven { get; init; }

    /// <summary>What this node may do there.</summary>
    public required Rights RightsHeld { get; init; }

    /// <summary>The owner's incarnation; 0 for a guest.</summary>
    public required ulong Incarnation { get; init; }

    /// <summary>Where it was dialled, or the address that it dialled from with port 0.</summary>
    public IPEndPoint? Endpoint { get; init; }

    /// <summary>The round trip of the last ping; <see langword="null"/> before the first answer.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>
    /// What its monotonic clock is ahead of this node's; <see langword="null"/> before the first answer.
    /// </summary>
    public TimeSpan? ClockOffset { get; init; }

    /// <summary>How long ago its last message opened.</summary>
    public required TimeSpan SilentFor { get; init; }

    /// <summary>How long the session has been open.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>Bytes of control messages that wait for the link.</summary>
    public required int QueuedBytes { get; init; }

    /// <summary>What went over the session so far.</summary>
    public required SessionTraffic Traffic { get; init; }

    /// <summary>Describes a session.</summary>
    /// <param name="session">An open session.</param>
    /// <param name="now">The loop's time.</param>
    /// <returns>The report; its traffic goes on counting.</returns>
    public static PeerReport Of(Session session, TimeSpan now) => new()
    {
        Id = session.Peer.Id,
        Kind = session.Peer.Kind,
        Name = session.Name,
        Presence = session.Presence,
        RightsGiven = session.RightsGiven,
        RightsHeld = session.RightsHeld,
        Incarnation = session.Peer.Incarnation,
        Endpoint = session.Endpoint,
        RoundTrip = session.Clock.HasSample ? session.Clock.RoundTrip : null,
        ClockOffset = session.Clock.HasSample ? session.Clock.Offset : null,
        SilentFor = now - session.LastHeard,
        Age = now - session.OpenedAt,
        QueuedBytes = session.QueuedBytes,
        Traffic = session.Traffic,
    };
}
