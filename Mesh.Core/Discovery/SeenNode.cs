using System.Net;
using Mesh.Core.Identity;

namespace Mesh.Core.Discovery;

/// <summary>
/// What valid beacons have said of one node: candidate addresses and nothing more. Who answers there must prove its
/// keys in a session.
/// </summary>
internal sealed class SeenNode
{
    /// <summary>Addresses kept for a node, the newest first.</summary>
    public const int MaxEndpoints = 8;

    private readonly List<(IPEndPoint EndPoint, TimeSpan LastSeen)> _sources = [];
    private IPEndPoint[] _signed = [];

    /// <summary>Begins a row.</summary>
    /// <param name="id">The node.</param>
    /// <param name="firstSource">The address whose beacon made the row.</param>
    public SeenNode(NodeId id, IPAddress firstSource)
    {
        Id = id;
        FirstSource = firstSource;
    }

    /// <summary>The node.</summary>
    public NodeId Id { get; }

    /// <summary>The address whose beacon made the row; limits of sources count by it.</summary>
    public IPAddress FirstSource { get; }

    /// <summary>Incarnation of the newest beacon.</summary>
    public ulong Incarnation { get; private set; }

    /// <summary>Sequence of the newest beacon.</summary>
    public ulong Sequence { get; private set; }

    /// <summary>TCP port of the node's frames.</summary>
    public ushort FramePort { get; private set; }

    /// <summary>Whether the node says that it accepts strangers.</summary>
    public bool AcceptsStrangers { get; private set; }

    /// <summary>Monotonic time of the newest beacon.</summary>
    public TimeSpan LastSeen { get; private set; }

    /// <summary>Session endpoints at the addresses that beacons came from, the newest first.</summary>
    public IEnumerable<IPEndPoint> Endpoints => _sources.Select(source => source.EndPoint);

    /// <summary>Session endpoints that the node has signed; to be dialled for accepted nodes only.</summary>
    public IReadOnlyList<IPEndPoint> SignedEndpoints => _signed;

    /// <summary>Whether a beacon is newer than what is known.</summary>
    public bool IsNewer(ulong incarnation, ulong sequence) =>
        (incarnation, sequence).CompareTo((Incarnation, Sequence)) > 0;

    /// <summary>Takes over a beacon whose signature was checked.</summary>
    /// <param name="beacon">Its content.</param>
    /// <param name="source">The address it came from.</param>
    /// <param name="now">Monotonic.</param>
    /// <returns>Whether it is fresh evidence: a new incarnation, or an address not known before.</returns>
    public bool Update(BeaconContent beacon, IPAddress source, TimeSpan now)
    {
        var endpoint = new IPEndPoint(source, beacon.SessionPort);
        var isFresh = beacon.Incarnation > Incarnation || !_sources.Exists(known => known.EndPoint.Equals(endpoint));
        if (beacon.Incarnation > Incarnation)
        {
            _sources.Clear();
        }

        _sources.RemoveAll(known => known.EndPoint.Equals(endpoint));
        _sources.Insert(0, (endpoint, now));
        if (_sources.Count > MaxEndpoints)
        {
            _sources.RemoveAt(MaxEndpoints);
        }

        (Incarnation, Sequence, LastSeen) = (beacon.Incarnation, beacon.Sequence, now);
        (FramePort, AcceptsStrangers) = (beacon.FramePort, beacon.AcceptsStrangers);
        _signed = [.. beacon.Endpoints];
        return isFresh;
    }

    /// <summary>Lets go of addresses that have been silent for long.</summary>
    /// <param name="silentSince">Older ones go.</param>
    public void Forget(TimeSpan silentSince) => _sources.RemoveAll(source => source.LastSeen < silentSince);
}
