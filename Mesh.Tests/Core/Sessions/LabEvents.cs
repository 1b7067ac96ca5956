using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Sessions;
using Mesh.Core.Wire.Messages;

namespace Mesh.Tests.Core.Sessions;

/// <summary>Writes down what a hub tells, as short texts in order.</summary>
/// <param name="nameOf">The label of a node in the texts.</param>
internal sealed class LabEvents(Func<NodeId, string> nameOf) : ISessionEvents
{
    public List<string> Log { get; } = [];

    public List<JoinResult> Joins { get; } = [];

    public List<ulong> Stale { get; } = [];

    public List<Session> Open { get; } = [];

    public List<Session> Ended { get; } = [];

    /// <summary>Called when a message arrives, besides the log.</summary>
    public Action<Session, SessionMessageType, byte[]>? OnMessage { get; set; }

    /// <summary>The name of the mesh key that the last join handed over, kept beyond the event.</summary>
    public byte[] MeshKey { get; private set; } = [];

    public void Opened(Session session)
    {
        Open.Add(session);
        Log.Add($"opened {nameOf(session.Peer.Id)}");
    }

    public void MessageReceived(Session session, SessionMessageType type, ReadOnlySpan<byte> message)
    {
        if (type != SessionMessageType.Ping)
        {
            Log.Add($"message {type}");
        }

        OnMessage?.Invoke(session, type, message.ToArray());
    }

    public void Closed(Session session)
    {
        Open.Remove(session);
        Ended.Add(session);
        Log.Add($"closed {nameOf(session.Peer.Id)} {session.End}");
    }

    public void RightsChanged(Session session) => Log.Add($"rights {session.RightsHeld}");

    public void PresenceChanged(NodeId peer, Presence presence) => Log.Add($"presence {nameOf(peer)} {presence}");

    public void PendingAdded(NodeId peer, string name) => Log.Add($"pending {nameOf(peer)} '{name}'");

    public void Refused(NodeId peer, IPEndPoint? endpoint, in RefuseMessage refusal) =>
        Log.Add($"refused {nameOf(peer)} {refusal.Code}");

    public void StaleIncarnation(NodeId peer, ulong known)
    {
        Stale.Add(known);
        Log.Add($"stale {nameOf(peer)} {known}");
    }

    public void JoinEnded(JoinResult result)
    {
        Joins.Add(result);
        MeshKey = result.MeshKey.ToArray();
        Log.Add($"join {result.Outcome}");
    }
}
