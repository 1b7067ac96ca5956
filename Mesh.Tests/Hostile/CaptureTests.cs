using System.Security.Cryptography;
using System.Text;
using Mesh.Core;
using Mesh.Core.Discovery;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Transport;
using Mesh.Core.Transport.Udp;
using Mesh.Core.Trust;
using Mesh.Core.Wire.Beacons;
using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Hostile;

/// <summary>All traffic of a run, searched for what nobody is to read in it.</summary>
[Category("Socket"), NonParallelizable]
public sealed class CaptureTests
{
    private const int BeaconPort = 31_795;

    private static readonly string[] Names =
        ["publisher_kw", "reader_kw", "outsider_kw", "chart_kw", "state_one_kw", "state_two_kw", "signal_kw"];

    private static readonly Signal Flip = new("signal_kw");

    [Test, CancelAfter(60_000)]
    public async Task Capture_HoldsNoNameAndNoKey([Values] bool hasMeshKey, CancellationToken cancellationToken)
    {
        using var folders = new TemporaryFolder();
        var meshKey = RandomNumberGenerator.GetBytes(MeshKey.SizeBytes);
        if (hasMeshKey)
        {
            await File.WriteAllTextAsync(folders["key"], Convert.ToHexString(meshKey), cancellationToken);
        }

        var recording = new RecordingPrimitives(PrimitivesProvider.Load());
        var platform = new MeshPlatform(TimeProvider.System) { MakePrimitives = () => recording };
        var options = new MeshOptions
        {
            StateFolder = folders["publisher"],
            Name = "publisher_kw",
            MeshKeyFile = hasMeshKey ? folders["key"] : null,
            BeaconPort = BeaconPort,
            Interfaces = ["lo"],
        };
        using var beacons = new BeaconCapture(BeaconPort);
        await using var publisher = await MeshNode.StartAsync(options, platform, cancellationToken);
        await using var sessions = new TcpForwarder(publisher.SessionPort);
        await using var frames = new FrameCapture(publisher.FramePort);
        var dialling = options with { Beacons = false, Peers = [sessions.EndPoint] };
        await using var reader = await MeshNode.StartAsync(
            dialling with { StateFolder = folders["reader"], Name = "reader_kw" }, platform, cancellationToken);
        await using var outsider = await MeshNode.StartAsync(
            dialling with { StateFolder = folders["outsider"], Name = "outsider_kw" }, platform, cancellationToken);
        await publisher.AcceptAsync(reader.Id.ToString(), Rights.Watch, cancellationToken);
        await reader.AcceptAsync(publisher.Id.ToString(), Rights.Watch, cancellationToken);
        await outsider.AcceptAsync(publisher.Id.ToString(), Rights.Watch, cancellationToken);

        await using var chart = StartChart();
        await publisher.HostAsync(chart, "chart_kw", cancellationToken);
        var view = await reader.WatchAsync(null, cancellationToken);
        var foreign = await outsider.WatchAsync(null, cancellationToken);
        var steps = await Eventually.GetAsync(
            () =>
            {
                chart.PostFifo(Flip);
                return view.Charts().SingleOrDefault()?.LastStep ?? 0;
            },
            last => last > 50 && frames.Frames.Count > 20 && beacons.Take().Count > 2, cancellationToken);

        byte[] all = [.. sessions.Bytes, .. frames.Frames.Concat(beacons.Take()).SelectMany(bytes => bytes)];
        await TestContext.Out.WriteLineAsync(
            $"{sessions.Bytes.Length} bytes of sessions, {frames.Frames.Count} frames, {beacons.Take().Count} beacons, "
            + $"{recording.Secrets.Count} secrets, {steps} steps");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(view.Charts().Single().StateName, Does.StartWith("state_"), "the reader reads it");
            Assert.That(foreign.Charts(), Is.Empty, "a node that is not trusted opens no frame");
            Assert.That(Names.Where(name => Holds(all, Encoding.UTF8.GetBytes(name))), Is.Empty);
            Assert.That(recording.Secrets.Append(meshKey).Count(secret => Holds(all, secret)), Is.Zero);
            Assert.That(new[] { publisher, reader, outsider }.Where(node => HoldsId(all, node)), Is.Empty);
            Assert.That(beacons.Take().All(beacon => IsReadByAnybody(beacon, publisher.Id)), Is.EqualTo(!hasMeshKey));
        }
    }

    private static ActiveObject<object> StartChart()
    {
        var definition = Chart.Define<object>("chart_kw", chart =>
        {
            var one = chart.State("state_one_kw");
            var two = chart.State("state_two_kw");
            one.On(Flip).Goto(two);
            two.On(Flip).Goto(one);
        });
        var active = new ActiveObject<object>(
            definition, new object(), TimeProvider.System, new HostOptions { Name = "chart_kw" });
        active.Start();
        return active;
    }

    // Whoever knows this page knows the key of a mesh without one: ids, ports and addresses are public then.
    private static bool IsReadByAnybody(byte[] beacon, NodeId publisher)
    {
        var primitives = PrimitivesProvider.Load();
        using var key = MeshKey.FromName(primitives, MeshKey.DefaultName);
        using var anybody = NodeIdentity.Create(primitives);
        Span<byte> plaintext = stackalloc byte[BeaconEnvelope.MaxBodyBytes];
        return BeaconEnvelope.TryRead(beacon, out var envelope)
            && new BeaconSeal(anybody, key, primitives).TryOpen(envelope, plaintext, out var body) == BeaconResult.Seen
            && NodeId.FromKeys(body.EdPublicKey, body.XPublicKey) == publisher;
    }

    private static bool HoldsId(byte[] all, MeshNode node)
    {
        Span<byte> bytes = stackalloc byte[NodeId.SizeBytes];
        node.Id.Write(bytes);
        return Holds(all, bytes) || Holds(all, Encoding.ASCII.GetBytes(node.Id.ToString()));
    }

    private static bool Holds(ReadOnlySpan<byte> all, ReadOnlySpan<byte> part) => all.IndexOf(part) >= 0;

    /// <summary>Hears beacons as any program of the machine may.</summary>
    private sealed class BeaconCapture : IDisposable
    {
        private readonly IDatagramSocket _socket;
        private readonly List<byte[]> _beacons = [];
        private readonly ReceivedDatagram _datagram = new();

        public BeaconCapture(int port)
        {
            _ = new UdpNetwork().TryOpenShared(port, () => { }, out var socket);
            _socket = socket!;
        }

        public List<byte[]> Take()
        {
            while (_socket.TryReceive(_datagram))
            {
                _beacons.Add(_datagram.Payload.ToArray());
            }

            return _beacons;
        }

        public void Dispose() => _socket.Dispose();
    }
}
