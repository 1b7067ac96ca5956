using System.Net;

namespace Mesh.Tests.Core.Sessions;

/// <summary>A connection in the lab, from a dialler to a listener.</summary>
/// <param name="Dialler">Who dialled.</param>
/// <param name="Listener">Who listens; <see langword="null"/> when nobody does.</param>
/// <param name="Endpoint">Where.</param>
/// <param name="RoutingId">What the listener knows it by.</param>
internal sealed record LabConnection(LabNode Dialler, LabNode? Listener, IPEndPoint Endpoint, byte[] RoutingId)
{
    /// <summary>The dialler's end.</summary>
    public LabLink DialledLink { get; set; } = null!;

    /// <summary>Whether the dialler closed it; what is under way from it still arrives, as over TCP.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether it was cut: both ends are told.</summary>
    public bool IsBroken { get; set; }
}
