using Mesh.Core.Logs;
using Mesh.Core.Sessions;
using Mesh.Core.Trust;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Runtime;

/// <summary>One session that may read this node's log: its server, fed to the session as bulk.</summary>
internal sealed class ServedReader : IBulkSource
{
    /// <summary>Opens the log to a session.</summary>
    /// <param name="log">This node's log.</param>
    /// <param name="session">The session; its bulk is taken over.</param>
    public ServedReader(NodeLog log, Session session)
    {
        Session = session;
        Server = new LogServer(log, new SessionSink(session), KindsOf(session.RightsGiven));
        session.Bulk = this;
    }

    /// <summary>The session.</summary>
    public Session Session { get; }

    /// <summary>The publisher's end of it.</summary>
    public LogServer Server { get; }

    /// <summary>The lanes that rights open: with the spy right both.</summary>
    /// <param name="rights">What a peer may do.</param>
    public static LaneKinds KindsOf(Rights rights)
    {
        if ((rights & Rights.Spy) != 0)
        {
            return LaneKinds.Spy | LaneKinds.Trace;
        }

        return (rights & Rights.Trace) != 0 ? LaneKinds.Trace : LaneKinds.None;
    }

    /// <inheritdoc/>
    public bool TryProduce(Span<byte> destination, TimeSpan now, out int length) =>
        Server.TryProduce(destination, now, out length);
}
