using System.Net;
using System.Net.Sockets;
using Mesh.Tests.Core.Transport;

namespace Mesh.Tests.Hostile;

/// <summary>Sends to every open port of a node what nobody of the mesh would send.</summary>
/// <param name="victim">The node.</param>
internal sealed class Garbage(Victim victim)
{
    /// <summary>Datagrams a second, over all UDP ports together.</summary>
    public const int DatagramsPerSecond = 10_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private static readonly byte[][] Openings =
    [
        [],
        "GET / HTTP/1.1\r\nHost: mesh\r\n\r\n"u8.ToArray(),
        [1, 0, 0, 5, 1, 2, 3, 4],
        [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 1, 5, 0, 0],
        [.. RawPeer.Greeting, .. RawPeer.Ready("DEALER"), .. RawPeer.PromiseFrame(2_000_000_000)],
        [.. RawPeer.Greeting, .. RawPeer.Ready("SUB"), .. RawPeer.PromiseFrame(-1)],
        [.. RawPeer.Greeting, .. RawPeer.Ready("DEALER"), 0, 40],
        [.. RawPeer.Greeting, .. RawPeer.Ready("SUB"), 0, 40, 1],
    ];

    private long _connections;
    private long _datagrams;

    /// <summary>Connections that were made.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Datagrams that were sent.</summary>
    public long Datagrams => Interlocked.Read(ref _datagrams);

    /// <summary>Sends until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stopToken) => Task.WhenAll(
        ConnectAsync(victim.SessionPort, stopToken),
        ConnectAsync(victim.FramePort, stopToken),
        SendDatagramsAsync(stopToken));

    // One connection in each tick, each with another opening, random bytes behind it, and closed a second later.
    private async Task ConnectAsync(int port, CancellationToken stopToken)
    {
        var random = new Random(port);
        var open = new Queue<Socket>();
        using var timer = new PeriodicTimer(Tick);
        while (await TicksAsync(timer, stopToken))
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            var noise = new byte[random.Next(1, 20_000)];
            random.NextBytes(noise);
            try
            {
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), stopToken);
                socket.Blocking = false;
                byte[] bytes = [.. Openings[(int)(Connections % Openings.Length)], .. noise];
                _ = socket.Send(bytes, SocketFlags.None, out _);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // Refused, or the end.
            }

            Interlocked.Increment(ref _connections);
            open.Enqueue(socket);
            if (open.Count > 100)
            {
                open.Dequeue().Dispose();
            }
        }

        foreach (var socket in open)
        {
            socket.Dispose();
        }
    }

    private async Task SendDatagramsAsync(CancellationToken stopToken)
    {
        var random = new Random(1);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.EnableBroadcast = true;
        IPEndPoint[] targets =
        [
            new(new IPAddress([127, 255, 255, 255]), victim.BeaconPort),
            .. victim.DatagramPorts.Select(port => new IPEndPoint(IPAddress.Loopback, port)),
        ];
        var bytes = new byte[700];
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Tick);
        while (await TicksAsync(timer, stopToken))
        {
            var due = (long)(TimeProvider.System.GetElapsedTime(began).TotalSeconds * DatagramsPerSecond);
            for (; _datagrams < due; Interlocked.Increment(ref _datagrams))
            {
                random.NextBytes(bytes);
                _ = socket.SendTo(bytes.AsSpan(0, random.Next(bytes.Length)), targets[_datagrams % targets.Length]);
            }
        }
    }

    private static async ValueTask<bool> TicksAsync(PeriodicTimer timer, CancellationToken stopToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
