using System.Net;
using System.Net.Sockets;
using Mesh.Core;
using Mesh.Core.Transport;
using Mesh.Core.Transport.Udp;
using Mesh.Core.Wire;
using Mesh.Tests.Core.Transport;
using NUnit.Framework;

namespace Mesh.Tests.Core.Hostile;

// Connections over TCP, under a clock that stands still.
internal sealed partial class LimitLab
{
    private const int KiB = 1024;

    // Half a second of looks.
    private const int Looks = 100;

    /// <summary>A message of the greatest length that the session port takes.</summary>
    public Action Message()
    {
        var peer = Dial("sessions");
        const int most = WireLimits.MaxSessionMessageBytes + KiB;
        peer.Send([2, 0, 0, 0, 0, 0, 1, 4, 0, .. new byte[most]]);
        Await("session.unknownMessage");
        return () =>
        {
            peer.Send(RawPeer.PromiseFrame(most + 1));
            Await("connections.ended");
        };
    }

    /// <summary>As many bytes of a message as a stranger may keep waiting.</summary>
    public Action WaitingOfAStranger() => Waiting(ConnectionLimits.MaxStrangerBytes, peers: 1, isKnown: false);

    /// <summary>As many bytes of a message as a session may keep waiting.</summary>
    public Action WaitingOfASession() => Waiting(ConnectionLimits.MaxKnownBytes, peers: 1, isKnown: true);

    /// <summary>As many bytes as all may keep waiting together, each with less than it may.</summary>
    public Action WaitingInAll() => Waiting(ConnectionLimits.MaxWaitingBytes, peers: 5, isKnown: true);

    /// <summary>As many bytes of a message as a publisher may keep waiting here.</summary>
    public Action WaitingOfAPublisher()
    {
        OpenReal();
        var listener = Opened(RawPeer.Listen());
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        var socket = Node.Transport.Connect(
            SocketKind.Subscriber, new IPEndPoint(IPAddress.Loopback, port), new SocketOptions());
        Opened(socket).Subscribe([]);
        var peer = Opened(RawPeer.Accept(listener)).Greet("PUB");
        Pour(peer, ConnectionLimits.MaxFrameBytes - (64 * KiB));
        return () =>
        {
            Pour(peer, 128 * KiB);
            Await("connections.flooding");
        };
    }

    /// <summary>As many bytes of subscriptions as a reader may send.</summary>
    public Action BytesOfSubscriptions()
    {
        var peer = Dial("frames");
        Pour(peer, ConnectionLimits.MaxSubscriptionBytes - (2 * KiB), [0, 41, 0, .. new byte[40]]);
        return () =>
        {
            Pour(peer, 4 * KiB, [0, 41, 0, .. new byte[40]]);
            Await("connections.flooding");
        };
    }

    /// <summary>As many connections as one address may have.</summary>
    public Action ConnectionsOfAnAddress()
    {
        OpenReal();
        Connect(ConnectionLimits.MaxStrangersPerAddress, host: 2);
        return () =>
        {
            Connect(1, host: 2);
            Await("connections.tooMany");
        };
    }

    /// <summary>As many connections as a port may have.</summary>
    public Action Connections()
    {
        OpenReal();
        const int addresses = ConnectionLimits.MaxConnections / ConnectionLimits.MaxStrangersPerAddress;
        for (byte host = 2; host < 2 + addresses; host++)
        {
            Connect(ConnectionLimits.MaxStrangersPerAddress, host);
        }

        return () =>
        {
            Connect(1, host: 100);
            Await("connections.tooMany");
        };
    }

    /// <summary>A connection as old as it may become without a session.</summary>
    public Action AgeOfAStranger()
    {
        _ = Dial("sessions");
        Await("connections.accepted");
        Pass(ConnectionLimits.MaxStrangerAge - TimeSpan.FromSeconds(2));
        return () =>
        {
            Pass(TimeSpan.FromSeconds(3));
            Await("connections.idle");
        };
    }

    private void OpenReal()
    {
        _node = _mesh.AddReal(
            "real", MeshLibraries.CreateTransport(), new UdpNetwork(),
            options => options with { Beacons = false, Port = null });
        Assume.That(Node.Transport.Description, Does.StartWith("libzmq"), "the other stack has no guard");
    }

    private RawPeer Dial(string port)
    {
        if (_node is null)
        {
            OpenReal();
        }

        var isSessions = port == "sessions";
        return Opened(RawPeer.Dial(isSessions ? Node.Node.SessionPort : Node.Node.FramePort))
            .Greet(isSessions ? "DEALER" : "SUB");
    }

    // Short of the limit by less than is poured in the step beyond.
    private Action Waiting(long limit, int peers, bool isKnown)
    {
        OpenReal();
        var dialled = new List<RawPeer>();
        for (var count = 0; count < peers; count++)
        {
            dialled.Add(Dial("sessions"));
            if (isKnown)
            {
                Vouch(dialled[^1], (byte)(count + 1));
            }

            Pour(dialled[^1], (limit / peers) - (64 * KiB));
        }

        return () =>
        {
            dialled.ForEach(peer => Pour(peer, 128 * KiB));
            Await("connections.flooding");
        };
    }

    // As an open session does for its connection.
    private void Vouch(RawPeer peer, byte word)
    {
        peer.Send([0, 1, word]);
        var isHeard = SpinWait.SpinUntil(
            () =>
            {
                Look(1);
                return Node.Transport.Heard.Exists(heard => heard.Payload is [var said] && said == word);
            },
            TimeSpan.FromSeconds(10));
        Assert.That(isHeard);
        var first = Node.Transport.Heard.Find(heard => heard.Payload is [var said] && said == word)!;
        Router.Vouch(first.Address, isKnown: true);
    }

    // Parts of a message without an end, or whole messages, while the node looks.
    private void Pour(RawPeer peer, long bytes, byte[]? message = null)
    {
        var part = message ?? [1, 200, .. new byte[200]];
        byte[] many = [.. Enumerable.Repeat(part, 64 * KiB / part.Length).SelectMany(one => one)];
        for (; bytes > 0; bytes -= many.Length)
        {
            peer.Send(bytes >= many.Length ? many : many[..(int)(bytes - (bytes % part.Length))]);
            Look(1);
        }

        Look(Looks);
    }

    private void Look(int count) => Times(count, () => Pass(ConnectionLimits.LookInterval));

    private void Connect(int count, byte host)
    {
        var before = Counters["connections.accepted"];
        for (var number = 0; number < count; number++)
        {
            var socket = Opened(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, host]), 0));
            socket.Connect(new IPEndPoint(IPAddress.Loopback, Node.Node.SessionPort));
        }

        Assert.That(SpinWait.SpinUntil(
            () =>
            {
                Look(1);
                return Counters["connections.accepted"] >= before + count;
            },
            TimeSpan.FromSeconds(10)));
    }
}
