using System.Net;
using Mesh.Core;
using Mesh.Core.Discovery;
using Mesh.Core.Identity;
using Mesh.Core.Runtime;
using Mesh.Core.Sealing;
using Mesh.Core.Transport;
using Mesh.Core.Transport.Memory;
using Mesh.Core.Trust;
using Mesh.Tests.Core.Wire;
using Mesh.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Mesh.Tests.Core.Nodes;

/// <summary>Beacons between two hosts of a network in memory.</summary>
public sealed class BeaconPartTests : IDisposable
{
    private static readonly NodeId Stranger = new(new Random(5).NextBlob(NodeId.SizeBytes));

    private readonly IPrimitives _primitives = PrimitivesProvider.Load();
    private readonly MemoryNetwork _network = new(new Random(1), MemoryNetworkMode.Stepped);
    private readonly List<IDisposable> _opened = [];
    private TimeSpan _now;

    [Test]
    public void Turn_SaysThatStrangersAreAccepted_WhileTheModeOrAnInviteLetsThemIn()
    {
        var trust = Opened(new NodeTrust(
            new TrustStore(default, new MemoryTrustFiles(), new ManualTimeProvider()) { Mode = AcceptMode.Once },
            new InviteStore(_primitives),
            NullLogger.Instance));
        var (discovery, sender) = Open("10.0.0.1", trust.AcceptsStrangers);
        var (heard, hearer) = Open("10.0.0.2", _ => false);
        discovery.Announce(Own(sender), _now);

        var atStart = Heard();
        trust.Judge(Stranger, _now);
        var onceAccepted = Heard();
        using var secret = trust.Invites.Create(TimeSpan.FromMinutes(1), Rights.Watch, _now);
        var invited = Heard();
        _now += TimeSpan.FromMinutes(1);
        var expired = Heard();

        Assert.That(
            (atStart, onceAccepted, invited, expired), Is.EqualTo((true, false, true, false)));

        bool Heard()
        {
            _now += TimeSpan.FromSeconds(2);
            _network.AdvanceTo(_now);
            sender.Turn(_now);
            _network.AdvanceTo(_now + TimeSpan.FromMilliseconds(500));
            hearer.Turn(_now);
            return heard.Seen.Single().AcceptsStrangers;
        }
    }

    [Test]
    public void Turn_DropsSignedEndpoints_ThatAreTheBroadcastAddressOfAnInterface()
    {
        var (discovery, sender) = Open("10.0.0.1", _ => false);
        var (heard, hearer) = Open("10.0.0.2", _ => false);
        var endpoints = new[] { "10.0.0.255:21750", "10.0.0.1:21750" }.Select(IPEndPoint.Parse).ToArray();
        hearer.Turn(_now);
        discovery.Announce(Own(sender) with { Endpoints = endpoints }, _now);

        sender.Turn(_now);
        _network.AdvanceTo(TimeSpan.FromSeconds(1));
        hearer.Turn(_now);

        Assert.That(heard.Seen.Single().SignedEndpoints, Is.EqualTo(endpoints[1..]));
    }

    [Test]
    public void Constructor_ClosesTheSharedPort_WhenThereIsNoPrivateOne()
    {
        var host = _network.AddHost("full").Attach("eth0", "lan", IPAddress.Parse("10.0.0.3"), 24);
        var options = new MeshOptions { StateFolder = "/", Name = "full" };
        var (discovery, _) = Open("10.0.0.4", _ => false);
        var datagrams = new FullDatagramNetwork(host.Datagrams);

        Assert.That(
            () => new BeaconPart(discovery, datagrams, options, () => { }), Throws.InstanceOf<TransportException>());
        Assert.That(() => datagrams.Shared!.TrySend([1], new IPEndPoint(host.Address, 1)), Throws.Exception);
    }

    public void Dispose()
    {
        foreach (var opened in _opened)
        {
            opened.Dispose();
        }
    }

    private static BeaconContent Own(BeaconPart part) => new()
    {
        Incarnation = 1,
        Sequence = 0,
        SessionPort = 21_750,
        FramePort = 21_751,
        PrivatePort = (ushort)part.PrivatePort,
    };

    private (NodeDiscovery Discovery, BeaconPart Part) Open(string address, Func<TimeSpan, bool> acceptsStrangers)
    {
        var host = _network.AddHost(address).Attach("eth0", "lan", IPAddress.Parse(address), 24);
        var identity = Opened(NodeIdentity.Create(_primitives));
        var key = Opened(MeshKey.FromName(_primitives, "lab"));
        var discovery = new NodeDiscovery(identity, key, _primitives, new Random(1));
        var options = new MeshOptions { StateFolder = "/", Name = "node" };
        var part = Opened(new BeaconPart(discovery, host.Datagrams, options, () => { })
        {
            AcceptsStrangers = acceptsStrangers,
        });
        return (discovery, part);
    }

    private T Opened<T>(T opened)
        where T : IDisposable
    {
        _opened.Add(opened);
        return opened;
    }
}
