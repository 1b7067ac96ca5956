using System.Net;
using System.Net.Sockets;
using Mesh.Core.Transport;
using Mesh.Core.Transport.Udp;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport.Udp;

/// <summary>The contract on UDP, and what only a real machine has.</summary>
[Category("Socket")]
public sealed class UdpDatagramTests : DatagramContract
{
    protected override IDatagramNetwork Network { get; } = new UdpNetwork();

    [Test]
    public void LongDatagrams_AreCountedAndDropped()
    {
        var socket = OpenPrivate();
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var to = new IPEndPoint(IPAddress.Loopback, socket.Port);

        _ = stranger.SendTo(new byte[DatagramLimits.MaxDatagramBytes + 1], to);
        _ = stranger.SendTo(new byte[9000], to);
        _ = stranger.SendTo([5], to);

        var datagram = new ReceivedDatagram();
        Receive(socket, datagram);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(datagram.Payload.ToArray(), Is.EqualTo(new byte[] { 5 }));
            Assert.That(socket.Counters, Is.EqualTo(new DatagramCounters { Received = 1, TooLong = 2 }));
        }
    }

    [Test]
    public void TrySend_ReachesIpv6Loopback()
    {
        Assume.That(Socket.OSSupportsIPv6, "this machine has IPv6");
        var (from, to) = (OpenPrivate(), OpenPrivate());
        var datagram = new ReceivedDatagram();

        Assume.That(from.TrySend([6], new IPEndPoint(IPAddress.IPv6Loopback, to.Port)), "loopback has IPv6");
        Receive(to, datagram);

        Assert.That(datagram.Source, Is.EqualTo(new IPEndPoint(IPAddress.IPv6Loopback, from.Port)));
    }

    [Test]
    public void Announce_ReachesTheMulticastGroup_OnAnInterfaceThatHasIt()
    {
        var port = FreePort();
        var (first, second, speaker) = (OpenShared(port), OpenShared(port), OpenPrivate());
        var link = speaker.Interfaces.FirstOrDefault(
            link => link is { IsUp: true, IsLoopback: false, SupportsMulticast: true, LinkLocal: not null });
        Assume.That(link, Is.Not.Null, "this machine has an interface with IPv6");

        // Without its IPv4 address the interface has multicast alone.
        var sent = speaker.Announce([4], link! with { Address = null, PrefixLength = 0 }, port);

        var datagram = new ReceivedDatagram();
        Receive(first, datagram);
        Receive(second, datagram);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent, Is.EqualTo(1));
            Assert.That(datagram.Source.Address.IsIPv6LinkLocal, Is.True);
            Assert.That(datagram.Source.Address.ScopeId, Is.EqualTo(link.Index));
            Assert.That(datagram.InterfaceIndex, Is.EqualTo(link.Index));
        }
    }

    [TestCase("docker0", true)]
    [TestCase("br-1a2b3c", true)]
    [TestCase("veth12", true)]
    [TestCase("wg0", true)]
    [TestCase("vEthernet (WSL)", true)]
    [TestCase("eth0", false)]
    [TestCase("enp3s0", false)]
    [TestCase("Wi-Fi", false)]
    public void IsVirtualName_KnowsWhatVirtualLinksAreCalled(string name, bool isVirtual) =>
        Assert.That(UdpInterfaces.IsVirtualName(name), Is.EqualTo(isVirtual));
}
