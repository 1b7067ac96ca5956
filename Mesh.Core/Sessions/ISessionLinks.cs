using System.Net;

namespace Mesh.Core.Sessions;

/// <summary>Makes links; supplied by whoever owns the sockets.</summary>
internal interface ISessionLinks
{
    /// <summary>Begins to dial; the link answers <see cref="LinkSend.Again"/> until it is connected.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <returns>The link, or <see langword="null"/> when the endpoint cannot be dialled from here.</returns>
    ISessionLink? Open(IPEndPoint endpoint);

    /// <summary>The way back to one connection of the listening socket.</summary>
    /// <param name="routingId">The routing id, 1 to 255 bytes; copied.</param>
    /// <returns>The link.</returns>
    ISessionLink Answer(ReadOnlySpan<byte> routingId);
}
