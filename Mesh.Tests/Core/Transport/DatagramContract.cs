using System.Diagnostics;
using System.Net;
using Mesh.Core.Transport;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport;

/// <summary>What every provider of datagrams does on one machine; one fixture per provider derives from it.</summary>
public abstract class DatagramContract
{
    private readonly List<IDatagramSocket> _opened = [];
    private int _readableCount;

    /// <summary>The machine.</summary>
    protected abstract IDatagramNetwork Network { get; }

    private DatagramInterface Loopback => Network.ReadInterfaces().First(link => link.IsLoopback);

    [TearDown]
    public void DisposeSockets() => _opened.ForEach(socket => socket.Dispose());

    [Test]
    public void ReadInterfaces_ListsLoopback()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Loopback.Address, Is.EqualTo(IPAddress.Loopback));
            Assert.That(Loopback.Broadcast, Is.EqualTo(IPAddress.Parse("127.255.255.255")));
            Assert.That(Loopback.IsUp, Is.True);
            Assert.That(Loopback.Index, Is.GreaterThan(0));
            Assert.That(Loopback.Name, Is.Not.Empty);
        }
    }

    [Test]
    public void Announce_ReachesEverySocketOfASharedPort()
    {
        var port = FreePort();
        var hearers = Enumerable.Range(0, 3).Select(_ => OpenShared(port)).ToList();
        var speaker = OpenPrivate();

        var sent = speaker.Announce([1, 2, 3], Loopback, port);

        var datagram = new ReceivedDatagram();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent, Is.EqualTo(1));
            foreach (var hearer in hearers)
            {
                Receive(hearer, datagram);
                Assert.That(datagram.Payload.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
                Assert.That(datagram.Source, Is.EqualTo(new IPEndPoint(IPAddress.Loopback, speaker.Port)));
                Assert.That(datagram.InterfaceIndex, Is.EqualTo(Loopback.Index));
                Assert.That(hearer.Port, Is.EqualTo(port));
                Assert.That(hearer.Counters.Received, Is.EqualTo(1));
            }
        }
    }

    [Test]
    public void Announce_IsHeardByTheSpeaker_OnItsOwnSharedPort()
    {
        var port = FreePort();
        var (socket, other) = (OpenShared(port), OpenShared(port));

        _ = socket.Announce([9], Loopback, port);

        Receive(socket, new ReceivedDatagram());
        Receive(other, new ReceivedDatagram());
    }

    [Test]
    public void TrySend_ReachesTheSource_OfWhatWasHeard()
    {
        var port = FreePort();
        var (hearer, speaker) = (OpenShared(port), OpenPrivate());
        var answerer = OpenPrivate();
        var datagram = new ReceivedDatagram();

        _ = speaker.Announce([1], Loopback, port);
        Receive(hearer, datagram);
        var sent = answerer.TrySend([2], datagram.Source);
        Receive(speaker, datagram);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent, Is.True);
            Assert.That(datagram.Payload.ToArray(), Is.EqualTo(new byte[] { 2 }));
            Assert.That(datagram.Source.Port, Is.EqualTo(answerer.Port));
        }
    }

    [Test]
    public void TrySend_CarriesEmptyAndLongestDatagrams()
    {
        var (from, to) = (OpenPrivate(), OpenPrivate());
        var longest = new byte[DatagramLimits.MaxDatagramBytes];
        new Random(3).NextBytes(longest);
        var datagram = new ReceivedDatagram();

        _ = from.TrySend([], new IPEndPoint(IPAddress.Loopback, to.Port));
        _ = from.TrySend(longest, new IPEndPoint(IPAddress.Loopback, to.Port));

        Receive(to, datagram);
        Assert.That(datagram.Payload.IsEmpty, Is.True);
        Receive(to, datagram);
        Assert.That(datagram.Payload.SequenceEqual(longest), Is.True);
    }

    [Test]
    public void Sends_Throw_WhenTheDatagramIsTooLong()
    {
        var socket = OpenPrivate();
        var tooLong = new byte[DatagramLimits.MaxDatagramBytes + 1];
        var self = new IPEndPoint(IPAddress.Loopback, socket.Port);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => socket.TrySend(tooLong, self), Throws.ArgumentException);
            Assert.That(() => socket.Announce(tooLong, Loopback, 5000), Throws.ArgumentException);
        }
    }

    [Test]
    public void TrySend_SaysFalseAndCounts_WhenThereIsNoWay()
    {
        var socket = OpenPrivate();
        var nowhere = new IPEndPoint(new IPAddress(IPAddress.Parse("fe80::1").GetAddressBytes(), 60_000), 5000);

        var sent = socket.TrySend([1], nowhere);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent, Is.False);
            Assert.That(socket.Counters.SendFailed, Is.EqualTo(1));
        }
    }

    [Test]
    public void Announce_MarksAnInterfaceDown_WhenNothingCanBeSentOnIt()
    {
        var socket = OpenPrivate();
        var gone = Loopback with { Index = 60_000, Address = null, PrefixLength = 0, IsLoopback = false };

        var sent = socket.Announce([1], gone, 5000);

        Assert.That(sent, Is.Zero);
        Assert.That(socket.Interfaces.Single(link => link.IsLoopback).IsUp, Is.True, "others are not concerned");
    }

    [Test]
    public void Queue_KeepsTheOldest_WhenNobodyTakes()
    {
        const int Count = DatagramLimits.MaxQueuedDatagrams + 40;
        var (from, to) = (OpenPrivate(), OpenPrivate());
        var destination = new IPEndPoint(IPAddress.Loopback, to.Port);

        for (var number = 0; number < Count; number++)
        {
            _ = from.TrySend(BitConverter.GetBytes(number), destination);
            WaitUntil(() => to.Counters.Received + to.Counters.QueueFull == number + 1, "it arrives");
        }

        var datagram = new ReceivedDatagram();
        var numbers = new List<int>();
        while (to.TryReceive(datagram))
        {
            numbers.Add(BitConverter.ToInt32(datagram.Payload));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(numbers, Is.EqualTo(Enumerable.Range(0, DatagramLimits.MaxQueuedDatagrams)));
            Assert.That(to.Counters.QueueFull, Is.EqualTo(40));
        }
    }

    [Test]
    public void Readable_IsCalled_WhenADatagramArrives()
    {
        var (from, to) = (OpenPrivate(), OpenPrivate());

        _ = from.TrySend([1], new IPEndPoint(IPAddress.Loopback, to.Port));

        WaitUntil(() => Volatile.Read(ref _readableCount) > 0, "readable is called");
        Assert.That(to.TryReceive(new ReceivedDatagram()), Is.True);
    }

    [Test]
    public void TryOpenShared_SaysAddressInUse_WhenThePortIsNotShared()
    {
        var owner = OpenPrivate();

        var result = Network.TryOpenShared(owner.Port, () => { }, out var socket);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(BindResult.AddressInUse));
            Assert.That(socket, Is.Null);
        }
    }

    [Test]
    public void Refresh_ListsWhatIsThere()
    {
        var socket = OpenShared(FreePort());

        socket.Refresh();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(socket.NeedsRefresh, Is.False);
            Assert.That(socket.Interfaces.Any(link => link.IsLoopback), Is.True);
        }
    }

    [Test]
    public void Dispose_FreesThePort_AndMayBeRepeated()
    {
        var socket = OpenPrivate();
        var port = socket.Port;

        socket.Dispose();
        socket.Dispose();
        var shared = OpenShared(port);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shared.Port, Is.EqualTo(port));
            Assert.That(
                () => socket.TrySend([1], new IPEndPoint(IPAddress.Loopback, port)),
                Throws.InstanceOf<ObjectDisposedException>());
        }
    }

    private protected static void Receive(IDatagramSocket socket, ReceivedDatagram into) =>
        WaitUntil(() => socket.TryReceive(into), $"port {socket.Port} receives");

    private protected static void WaitUntil(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        using var pause = new ManualResetEventSlim();
        while (!condition())
        {
            Assert.That(watch.Elapsed, Is.LessThan(TransportWaits.MustHappen), what);
            _ = pause.Wait(1);
        }
    }

    private protected IDatagramSocket OpenPrivate() =>
        Opened(Network.OpenPrivate(() => Interlocked.Increment(ref _readableCount)));

    private protected IDatagramSocket OpenShared(int port)
    {
        Assert.That(Network.TryOpenShared(port, () => { }, out var socket), Is.EqualTo(BindResult.Bound));
        return Opened(socket!);
    }

    // Another program may take it in between, which is rare enough on a machine that runs tests.
    private protected int FreePort()
    {
        using var socket = Network.OpenPrivate(() => { });
        return socket.Port;
    }

    private IDatagramSocket Opened(IDatagramSocket socket)
    {
        _opened.Add(socket);
        return socket;
    }
}
