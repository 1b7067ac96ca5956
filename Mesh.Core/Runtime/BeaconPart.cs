using System.Net;
using Mesh.Core.Discovery;
using Mesh.Core.Transport;

namespace Mesh.Core.Runtime;

/// <summary>Carries beacons between the machine's interfaces and <see cref="NodeDiscovery"/>.</summary>
internal sealed class BeaconPart : IDisposable
{
    private const int MaxDatagramsPerTurn = 256;

    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(10);

    private readonly NodeDiscovery _discovery;
    private readonly IDatagramSocket? _shared;
    private readonly IDatagramSocket _private;
    private readonly IReadOnlyList<string> _chosen;
    private readonly ReceivedDatagram _datagram = new();
    private readonly byte[] _buffer = new byte[DatagramLimits.MaxDatagramBytes];
    private TimeSpan _nextRefresh;

    /// <summary>Opens the shared port and a private one.</summary>
    /// <param name="discovery">What beacons say.</param>
    /// <param name="network">The machine's datagrams.</param>
    /// <param name="options">Port and interfaces.</param>
    /// <param name="wake">Wakes the loop; from any thread.</param>
    /// <exception cref="TransportException">The machine is out of ports or descriptors.</exception>
    public BeaconPart(NodeDiscovery discovery, IDatagramNetwork network, MeshOptions options, Action wake)
    {
        _discovery = discovery;
        _chosen = options.Interfaces;
        Port = options.BeaconPort;
        SharedResult = network.TryOpenShared(options.BeaconPort, wake, out _shared);
        try
        {
            _private = network.OpenPrivate(wake);
        }
        catch
        {
            _shared?.Dispose();
            throw;
        }
    }

    /// <summary>Whether strangers would be let in at a time; each beacon says it anew. Default: they are not.</summary>
    public Func<TimeSpan, bool> AcceptsStrangers { get; init; } = static _ => false;

    /// <summary>The UDP port of beacons.</summary>
    public int Port { get; }

    /// <summary>Whether the shared port could be opened; without it nodes are found by answers to seeks only.</summary>
    public BindResult SharedResult { get; }

    /// <summary>The UDP port to which answers come.</summary>
    public int PrivatePort => _private.Port;

    /// <summary>The interfaces that beacons go out on.</summary>
    public IEnumerable<DatagramInterface> Interfaces =>
        _private.Interfaces.Where(link => link.IsUp && (_chosen.Count == 0 || _chosen.Contains(link.Name)));

    /// <summary>What the two sockets counted.</summary>
    public IEnumerable<DatagramCounters> Counters =>
        _shared is null ? [_private.Counters] : [_shared.Counters, _private.Counters];

    /// <summary>When the part wants a turn without a datagram.</summary>
    public TimeSpan NextDeadline =>
        _discovery.NextDeadline < _nextRefresh ? _discovery.NextDeadline : _nextRefresh;

    /// <summary>Receives, answers, sends what is due, and reads the interfaces anew from time to time.</summary>
    /// <param name="now">Monotonic.</param>
    /// <returns>True when more datagrams may be waiting.</returns>
    public bool Turn(TimeSpan now)
    {
        Refresh(now);
        var hasMore = (_shared is not null && Receive(_shared, now)) | Receive(_private, now);
        while (_discovery.TryTakeAnswer(out var seeker))
        {
            _private.TrySend(Write(isAnswer: true, now), seeker!);
        }

        if (_discovery.IsDue(now))
        {
            foreach (var link in Interfaces.ToArray())
            {
                _private.Announce(Write(isAnswer: false, now), link, Port);
            }
        }

        return hasMore;
    }

    /// <summary>Closes both ports.</summary>
    public void Dispose()
    {
        _shared?.Dispose();
        _private.Dispose();
    }

    private ReadOnlySpan<byte> Write(bool isAnswer, TimeSpan now)
    {
        _discovery.AcceptsStrangers = AcceptsStrangers(now);
        return _buffer.AsSpan(0, _discovery.Write(_buffer, isAnswer));
    }

    private void Refresh(TimeSpan now)
    {
        if (now < _nextRefresh && !_private.NeedsRefresh && _shared is not { NeedsRefresh: true })
        {
            return;
        }

        var before = Interfaces.Select(link => (link.Index, link.Address, link.LinkLocal)).ToHashSet();
        _shared?.Refresh();
        _private.Refresh();
        _nextRefresh = now + RefreshInterval;
        _discovery.Broadcasts = [.. _private.Interfaces.Select(link => link.Broadcast).OfType<IPAddress>()];
        if (!before.SetEquals(Interfaces.Select(link => (link.Index, link.Address, link.LinkLocal))))
        {
            _discovery.Seek(now);
        }
    }

    private bool Receive(IDatagramSocket socket, TimeSpan now)
    {
        for (var count = 0; count < MaxDatagramsPerTurn; count++)
        {
            if (!socket.TryReceive(_datagram))
            {
                return false;
            }

            if (IsChosen(socket, _datagram.InterfaceIndex))
            {
                _discovery.Receive(_datagram.Payload, Normalized(_datagram.Source), now);
            }
        }

        return true;
    }

    private bool IsChosen(IDatagramSocket socket, int index) =>
        _chosen.Count == 0 || socket.Interfaces.Any(link => link.Index == index && _chosen.Contains(link.Name));

    private static IPEndPoint Normalized(IPEndPoint source) =>
        source.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(source.Address.MapToIPv4(), source.Port) : source;
}
