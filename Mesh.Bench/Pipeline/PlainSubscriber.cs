using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using Mesh.Bench.Processes;
using Mesh.Core;
using Mesh.Core.Transport;

namespace Mesh.Bench.Pipeline;

/// <summary>Plain ZeroMQ: takes the messages of a <see cref="PlainPublisher"/> and checks that none is
/// missing.</summary>
internal sealed class PlainSubscriber : IChildRole
{
    private const int MessagesPerTurn = 256;

    private readonly SharedCounters _counters;
    private readonly ITransport _transport = MeshLibraries.CreateTransport();
    private readonly ITransportSocket _socket;
    private readonly ReceivedMessage _message = new();
    private readonly Thread _thread;
    private readonly bool _isBeating;
    private long _seen;
    private long _missed;
    private volatile bool _isOver;

    public PlainSubscriber(ChildSettings settings)
    {
        _counters = new SharedCounters(settings.Counters);
        _isBeating = settings.Feed == FeedKind.Beats;
        var remote = new IPEndPoint(IPAddress.Loopback, settings.Port);
        _socket = _transport.Connect(SocketKind.Subscriber, remote, new SocketOptions());
        _socket.Subscribe(PlainPublisher.Topic);
        _thread = new Thread(Run) { IsBackground = true, Name = "subscribe" };
        _thread.Start();
    }

    public string Answer(string line) => ChildProcess.Done;

    public void Dispose()
    {
        _isOver = true;
        _transport.Wake();
        _thread.Join();
        _socket.Dispose();
        _transport.Dispose();
        _counters.Dispose();
    }

    private void Run()
    {
        while (!_isOver)
        {
            _transport.Poll(TimeSpan.FromSeconds(1));
            for (var count = 0; count < MessagesPerTurn && _socket.IsReadable; count++)
            {
                if (_socket.TryReceive(_message) == ReceiveOutcome.Received)
                {
                    Take(BinaryPrimitives.ReadInt64LittleEndian(_message.Payload));
                }
            }
        }
    }

    private void Take(long number)
    {
        if (_isBeating)
        {
            _counters.StampArrived(number, Stopwatch.GetTimestamp());
        }

        if (number != _seen)
        {
            _counters.SetMissed(0, _missed += number - _seen);
        }

        _seen = number + 1;
        _counters.SetSeen(0, _seen);
    }
}
