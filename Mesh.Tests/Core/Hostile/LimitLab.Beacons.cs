using System.Net;
using System.Net.Sockets;
using Mesh.Core;
using Mesh.Core.Discovery;
using Mesh.Core.Transport;
using Mesh.Core.Transport.Udp;
using Mesh.Core.Wire;

namespace Mesh.Tests.Core.Hostile;

// Beacons and datagrams.
internal sealed partial class LimitLab
{
    private const int RealBeaconPort = 31_780;

    /// <summary>A datagram of the length of the longest beacon.</summary>
    public Action Datagram()
    {
        _node = _mesh.AddReal(
            "real", MeshLibraries.CreateTransport(), new UdpNetwork(),
            options => options with { BeaconPort = RealBeaconPort, Interfaces = ["lo"], Port = null });
        var socket = Opened(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        var target = new IPEndPoint(IPAddress.Loopback, RealBeaconPort);
        _ = socket.SendTo(new byte[WireLimits.MaxBeaconBytes], target);
        Await("beacon.foreign");
        return () =>
        {
            _ = socket.SendTo(new byte[WireLimits.MaxBeaconBytes + 1], target);
            Await("datagram.tooLong");
        };
    }

    /// <summary>As many datagrams as may wait.</summary>
    public Action DatagramsWaiting()
    {
        OpenWithBeacons();
        var sender = Opened(_mesh.AddHost("sender", "10.0.0.9").Datagrams.OpenPrivate(() => { }));
        var target = new IPEndPoint(Node.Host.Address, Node.Parts.Core.Beacons!.PrivatePort);
        Times(DatagramLimits.MaxQueuedDatagrams, () => sender.TrySend([1], target));
        return () => sender.TrySend([1], target);
    }

    /// <summary>As many datagrams a second of one address as are looked at.</summary>
    public Action DatagramsOfAnAddress()
    {
        OpenWithBeacons();
        var beacon = Opened(new BeaconForge()).Write(1);
        var source = NextSource();
        Times(SourceBudget.MaxPerSource, () => Hear(beacon, source));
        return () => Hear(beacon, source);
    }

    /// <summary>As many datagrams a second as are looked at.</summary>
    public Action DatagramsInAll()
    {
        OpenWithBeacons();
        var beacon = Opened(new BeaconForge()).Write(1);
        Times(SourceBudget.MaxInAll, () => Hear(beacon, NextSource()));
        return () => Hear(beacon, NextSource());
    }

    /// <summary>As many nodes as are remembered of one address.</summary>
    public Action NodesOfAnAddress()
    {
        OpenWithBeacons();
        var forge = Opened(new BeaconForge());
        var source = NextSource();
        Times(SeenTable.MaxKeptPerSource, () => HearOther(forge, source));
        return () => HearOther(forge, source);
    }

    /// <summary>As many nodes as are remembered.</summary>
    public Action NodesInAll()
    {
        OpenWithBeacons();
        var forge = Opened(new BeaconForge());
        for (var address = 0; address < SeenTable.MaxNodes / SeenTable.MaxKeptPerSource; address++)
        {
            var source = NextSource();
            Times(SeenTable.MaxKeptPerSource, () => HearOther(forge, source));
        }

        return () => HearOther(forge, NextSource());
    }

    /// <summary>As many endpoints as a beacon may name.</summary>
    public Action Endpoints()
    {
        OpenWithBeacons();
        var forge = Opened(new BeaconForge());
        var endpoint = new IPEndPoint(IPAddress.Parse("10.0.0.7"), 1);
        Hear(forge.Write(1, [.. Enumerable.Repeat(endpoint, WireLimits.MaxBeaconEndpoints)]), NextSource());
        return () => Hear(
            forge.Write(1, [.. Enumerable.Repeat(endpoint, WireLimits.MaxBeaconEndpoints + 1)]), NextSource());
    }

    private void OpenWithBeacons() => _node = _mesh.Add("pi", "10.0.0.1");

    private void Hear(byte[] beacon, IPAddress source) =>
        Node.Parts.Core.Discovery!.Receive(beacon, new IPEndPoint(source, 1), Node.Now);

    // Slow enough for one address; nothing is forgotten, because the node has no turn.
    private void HearOther(BeaconForge forge, IPAddress source)
    {
        _mesh.Time.Advance(TimeSpan.FromMilliseconds(16));
        Hear(forge.WriteOther(), source);
    }

    // For what comes over real sockets.
    private void Await(string counter)
    {
        var isThere = SpinWait.SpinUntil(
            () =>
            {
                _mesh.Time.Advance(ConnectionLimits.LookInterval);
                Node.Turn();
                return Counters[counter] > 0;
            },
            TimeSpan.FromSeconds(10));
        if (!isThere)
        {
            var risen = Counters.Where(one => one.Value > 0).Select(one => $"{one.Key} {one.Value}");
            throw new InvalidOperationException($"{counter} stays 0: {string.Join(", ", risen)}");
        }
    }
}
