using System.Net;

namespace Mesh.Tests.Core.Sessions;

/// <summary>A connection in the lab, from a dialler to a listener.</summary>
/// <param name="Dialler">Who dialled.</param>
/// <param name="Listener">Who listens; <see langword="null"/> when nobody does.</param>
/// <param name="Endpoint">Where.</param>
/// <param name="RoutingId">What the listener knows it by.</param>
internal sealed record LabConnection(LabNode Dialler, LabNode? Listener, IPEndPoint Endpoint, byte[] RoutingId)
{
    // A message never overtakes one before it.
    private readonly TimeSpan[] _lastArrivals = new TimeSpan[2];

    /// <summary>The dialler's end.</summary>
    public LabLink DialledLink { get; set; } = null!;

    /// <summary>Whether the dialler closed it; what is under way from it still arrives, as over TCP.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether it was cut: both ends are told.</summary>
    public bool IsBroken { get; set; }

    /// <summary>When a message arrives that would arrive at a time if it were alone.</summary>
    public TimeSpan ArrivesAt(bool isDiallers, TimeSpan alone)
    {
        ref var last = ref _lastArrivals[isDiallers ? 1 : 0];
        last = alone > last ? alone : last;
        return last;
    }
}
