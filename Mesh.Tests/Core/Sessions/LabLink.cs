using Mesh.Core.Sessions;

namespace Mesh.Tests.Core.Sessions;

/// <summary>One end of a connection in the lab: a dialled link, or the listener's answer to one.</summary>
/// <param name="lab">Carries the messages.</param>
/// <param name="connection">What both ends have in common.</param>
/// <param name="isDialler">Which end it is.</param>
internal sealed class LabLink(SessionLab lab, LabConnection connection, bool isDialler) : ISessionLink
{
    /// <summary>What both ends have in common.</summary>
    public LabConnection Connection => connection;

    public LinkSend TrySend(ReadOnlySpan<byte> message)
    {
        if (connection.IsBroken || (isDialler && connection.IsClosed))
        {
            return LinkSend.Closed;
        }

        if (lab.IsBlocked(connection, isDialler))
        {
            return LinkSend.Again;
        }

        lab.Carry(connection, isDialler, message.ToArray());
        return LinkSend.Sent;
    }

    public void Vouch()
    {
        // Connections of the lab have no limits.
    }

    // The listener's end is only forgotten, as a routing id is; the dialler's ends the connection.
    public void Close() => connection.IsClosed |= isDialler;
}
