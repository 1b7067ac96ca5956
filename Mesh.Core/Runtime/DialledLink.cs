using System.Net;
using Mesh.Core.Sessions;
using Mesh.Core.Transport;

namespace Mesh.Core.Runtime;

/// <summary>A session's way to a peer that this node dialled.</summary>
/// <param name="socket">The dealer socket, owned by the link.</param>
/// <param name="remote">Where it leads.</param>
internal sealed class DialledLink(ITransportSocket socket, IPEndPoint remote) : ISessionLink, IDisposable
{
    /// <summary>The socket, for the loop to receive from.</summary>
    public ITransportSocket Socket { get; } = socket;

    /// <summary>Where the link leads.</summary>
    public IPEndPoint Remote { get; } = remote;

    /// <summary>Whether the session has given the link up.</summary>
    public bool IsClosed { get; private set; }

    /// <inheritdoc/>
    public LinkSend TrySend(ReadOnlySpan<byte> message)
    {
        if (IsClosed)
        {
            return LinkSend.Closed;
        }

        return Socket.TrySend([], message) switch
        {
            SendOutcome.Sent => LinkSend.Sent,
            SendOutcome.Again => LinkSend.Again,
            _ => LinkSend.Closed,
        };
    }

    /// <inheritdoc/>
    public void Vouch() => Socket.Vouch([], isKnown: true);

    /// <inheritdoc/>
    public void Close() => IsClosed = true;

    /// <summary>Closes the socket; what was not sent is lost.</summary>
    public void Dispose() => Socket.Dispose();
}
