using System.Net;
using Mesh.Core.Transport;
using Mesh.Core.Transport.Memory;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport.Memory;

/// <summary>The contract on the in-memory network, and what befalls datagrams there.</summary>
public sealed class MemoryDatagramTests : DatagramContract
{
    private const int Port = 21750;

    private readonly MemoryNetwork _network = new(new Random(9), MemoryNetworkMode.Stepped);
    private readonly MemoryHost _left;
    private readonly MemoryHost _right;
    private readonly ReceivedDatagram _datagram = new();
    private IDatagramSocket? _speaker;

    public MemoryDatagramTests()
    {
        _left = _network.AddHost("left").Attach("eth0", "lan", IPAddress.Parse("10.0.0.1"), 24);
        _right = _network.AddHost("right").Attach("eth0", "lan", IPAddress.Parse("10.0.0.2"), 24);
    }

    protected override IDatagramNetwork Network => _left.Datagrams;

    [Test]
    public void Announce_ReachesTheSegment_ByBroadcastAndMulticast()
    {
        var other = _network.AddHost("other").Attach("eth0", "elsewhere", IPAddress.Parse("10.0.1.1"), 24);
        var (near, far) = (Shared(_right), Shared(other));
        var speaker = OpenPrivate();

        var sent = speaker.Announce([1], Ethernet(speaker), Port);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent, Is.EqualTo(2));
            Assert.That(Sources(near), Is.EquivalentTo(Names(_left.Address.ToString(), "fe80::1:2%2")));
            Assert.That(Sources(far), Is.Empty);
        }
    }

    [Test]
    public void Announce_IsForOneSubnet_ByBroadcast()
    {
        var stranger = _network.AddHost("stranger").Attach("eth0", "lan", IPAddress.Parse("192.168.0.1"), 24);
        var hearer = Shared(stranger);
        var speaker = OpenPrivate();

        _ = speaker.Announce([1], Ethernet(speaker), Port);

        Assert.That(Sources(hearer), Is.EqualTo(Names("fe80::1:2%2")), "multicast alone passes");
    }

    [Test]
    public void DefaultLink_LosesTheShareItSays()
    {
        _network.DefaultLink = new MemoryLink { DatagramLoss = 0.25 };
        var hearer = _right.Datagrams.OpenPrivate(() => { });

        for (var number = 0; number < 200; number++)
        {
            _ = OpenPrivateOnce().TrySend([1], new IPEndPoint(_right.Address, hearer.Port));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(hearer.Counters.Received, Is.InRange(130, 170));
            Assert.That(_network.LostDatagramCount, Is.EqualTo(200 - hearer.Counters.Received));
        }
    }

    [Test]
    public void DefaultLink_DuplicatesAndReorders()
    {
        _network.DefaultLink = new MemoryLink { DatagramDuplication = 0.5, DatagramReordering = 0.5 };
        var hearer = _right.Datagrams.OpenPrivate(() => { });
        var numbers = new List<int>();

        for (byte number = 0; number < 50; number++)
        {
            _ = OpenPrivateOnce().TrySend([number], new IPEndPoint(_right.Address, hearer.Port));
        }

        _network.AdvanceTo(TimeSpan.FromSeconds(1));
        while (hearer.TryReceive(_datagram))
        {
            numbers.Add(_datagram.Payload[0]);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(numbers.Distinct().Count(), Is.EqualTo(50), "none is lost");
            Assert.That(numbers, Has.Count.InRange(60, 90), "some come twice");
            Assert.That(numbers, Is.Not.Ordered, "some overtake");
        }
    }

    [Test]
    public void Block_LosesDatagrams_InOneDirection()
    {
        var (left, right) = (OpenPrivate(), _right.Datagrams.OpenPrivate(() => { }));
        _network.Block(_left, _right);

        _ = left.TrySend([1], new IPEndPoint(_right.Address, right.Port));
        _ = right.TrySend([2], new IPEndPoint(_left.Address, left.Port));
        _network.Heal();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(right.TryReceive(_datagram), Is.False);
            Assert.That(left.TryReceive(_datagram), Is.True);
            Assert.That(_network.LostDatagramCount, Is.EqualTo(1));
        }
    }

    [Test]
    public void Interfaces_ComeAndGo_AndSocketsAreTold()
    {
        var socket = OpenShared(Port);

        _left.Attach("eth1", "office", IPAddress.Parse("10.5.0.1"), 16);
        var noticed = socket.NeedsRefresh;
        socket.Refresh();
        var attached = socket.Interfaces.Select(link => link.Name).ToArray();
        _left.SetUp("eth1", false);
        var sent = socket.Announce([1], socket.Interfaces[^1], Port);
        var marked = socket.Interfaces[^1].IsUp;
        _left.Detach("eth1");
        socket.Refresh();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(noticed, Is.True);
            Assert.That(attached, Is.EqualTo(Names("lo", "eth0", "eth1")));
            Assert.That(sent, Is.Zero);
            Assert.That(marked, Is.False);
            Assert.That(socket.Interfaces.Select(link => link.Name), Is.EqualTo(Names("lo", "eth0")));
        }
    }

    [Test]
    public void Unicast_ToASharedPort_ReachesOnlyOne()
    {
        var (first, second) = (Shared(_right), Shared(_right));

        _ = OpenPrivate().TrySend([1], new IPEndPoint(_right.Address, Port));

        Assert.That((first.Counters.Received, second.Counters.Received), Is.EqualTo((0, 1)));
    }

    private static string[] Names(params string[] names) => names;

    private static DatagramInterface Ethernet(IDatagramSocket socket) =>
        socket.Interfaces.Single(link => link.Name == "eth0");

    private static IDatagramSocket Shared(MemoryHost host)
    {
        Assert.That(host.Datagrams.TryOpenShared(Port, () => { }, out var socket), Is.EqualTo(BindResult.Bound));
        return socket!;
    }

    private IDatagramSocket OpenPrivateOnce() => _speaker ??= OpenPrivate();

    private List<string> Sources(IDatagramSocket socket)
    {
        var sources = new List<string>();
        while (socket.TryReceive(_datagram))
        {
            sources.Add(_datagram.Source.Address.ToString());
        }

        return sources;
    }
}
