using System.Net;
using Mesh.Core;
using Mesh.Core.Sealing;
using Mesh.Core.Transport;
using Mesh.Core.Wire;

namespace Mesh.Tests.Hostile;

/// <summary>Subscribes to everything that a frame port publishes, as anybody may, and keeps it.</summary>
internal sealed class FrameCapture : IAsyncDisposable
{
    private readonly ITransport _transport = MeshLibraries.CreateTransport();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<byte[]> _frames = [];
    private readonly Task _loop;

    /// <summary>Begins.</summary>
    /// <param name="port">TCP port of frames, on this machine.</param>
    public FrameCapture(int port)
    {
        // Room for all: what is not received here would look as if it had not been sent.
        var options = new SocketOptions { MaxMessageBytes = WireLimits.MaxFrameBytes, ReceiveHighWaterMark = 100_000 };
        var socket = _transport.Connect(
            SocketKind.Subscriber, new IPEndPoint(IPAddress.Loopback, port), options);
        socket.Subscribe([]);
        _loop = Task.Factory.StartNew(
            () => Run(socket), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The frames so far, without their topics.</summary>
    public IReadOnlyList<byte[]> Frames
    {
        get
        {
            lock (_gate)
            {
                return [.. _frames];
            }
        }
    }

    /// <summary>The epoch and number of each frame so far.</summary>
    public IReadOnlyList<FrameHeader> Headers => [.. Frames.Select(HeaderOf)];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _transport.Wake();
        await _loop;
        _transport.Dispose();
        _stop.Dispose();
    }

    private static FrameHeader HeaderOf(byte[] frame) =>
        SealedFrame.Read(frame, out var parts) == OpenResult.Opened
            ? parts.Header
            : throw new InvalidDataException("The node published what is no frame.");

    private void Run(ITransportSocket socket)
    {
        var message = new ReceivedMessage();
        while (!_stop.IsCancellationRequested)
        {
            _transport.Poll(TimeSpan.FromMilliseconds(50));
            while (socket.TryReceive(message) == ReceiveOutcome.Received)
            {
                lock (_gate)
                {
                    _frames.Add(message.Payload.ToArray());
                }
            }
        }
    }
}
