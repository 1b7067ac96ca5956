using Mesh.Core.Sessions;
using Mesh.Core.Transport;

namespace Mesh.Core.Runtime;

/// <summary>A session's way back over one connection of the listening socket.</summary>
/// <param name="socket">The router socket; not owned.</param>
/// <param name="routingId">The routing id of the connection, owned by the link.</param>
internal sealed class AnsweringLink(ITransportSocket socket, byte[] routingId) : ISessionLink
{
    private bool _isClosed;

    /// <inheritdoc/>
    public LinkSend TrySend(ReadOnlySpan<byte> message)
    {
        if (_isClosed)
        {
            return LinkSend.Closed;
        }

        switch (socket.TrySend(routingId, message))
        {
            case SendOutcome.Sent:
                return LinkSend.Sent;
            case SendOutcome.Again:
                return LinkSend.Again;
            default:
                _isClosed = true;
                return LinkSend.Closed;
        }
    }

    /// <inheritdoc/>
    public void Vouch() => socket.Vouch(routingId, isKnown: true);

    // A router cannot hang up on one connection; the dialler's side closes it, or its end as a stranger's.
    /// <inheritdoc/>
    public void Close()
    {
        _isClosed = true;
        socket.Vouch(routingId, isKnown: false);
    }
}
