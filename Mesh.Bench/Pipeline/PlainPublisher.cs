using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Mesh.Bench.Processes;
using Mesh.Core;
using Mesh.Core.Transport;

namespace Mesh.Bench.Pipeline;

/// <summary>Plain ZeroMQ: numbered messages of one size on a topic, through the same binding as a node's.</summary>
internal sealed class PlainPublisher : IChildRole
{
    /// <summary>The topic, as long as a lane's.</summary>
    public static readonly byte[] Topic = "sixteen bytes ok"u8.ToArray();

    private const int MessagesPerTurn = 16;

    private readonly SharedCounters _counters;
    private readonly ITransport _transport = MeshLibraries.CreateTransport();
    private readonly ITransportSocket _socket;
    private readonly ReceivedMessage _subscription = new();
    private readonly byte[] _message;
    private readonly Thread _thread;
    private long _beats;
    private int _period;
    private long _sent;
    private volatile bool _isOver;

    public PlainPublisher(ChildSettings settings)
    {
        _counters = new SharedCounters(settings.Counters);
        _message = new byte[settings.MessageBytes];
        var options = new SocketOptions { SendHighWaterMark = 256, ReceiveHighWaterMark = 1_000 };
        _transport.TryBind(SocketKind.Publisher, new IPEndPoint(IPAddress.IPv6Any, 0), options, out var socket);
        _socket = socket ?? throw new InvalidOperationException("no port is free");
        _thread = new Thread(Run) { IsBackground = true, Name = "publish" };
        _thread.Start();
    }

    public string Answer(string line)
    {
        var words = line.Split(' ');
        switch (words[0])
        {
            case "port":
                return _socket.LocalEndPoint!.Port.ToString(CultureInfo.InvariantCulture);
            case "beat":
                return Beat(
                    int.Parse(words[1], CultureInfo.InvariantCulture),
                    int.Parse(words[2], CultureInfo.InvariantCulture));
            default:
                _transport.Wake();
                return ChildProcess.Done;
        }
    }

    public void Dispose()
    {
        _isOver = true;
        _transport.Wake();
        _thread.Join();
        _socket.Dispose();
        _transport.Dispose();
        _counters.Dispose();
    }

    private string Beat(int count, int period)
    {
        var first = _sent;
        _period = period;
        Interlocked.Exchange(ref _beats, count);
        _transport.Wake();
        while (Interlocked.Read(ref _beats) > 0)
        {
            Thread.Sleep(period);
        }

        return first.ToString(CultureInfo.InvariantCulture);
    }

    private void Run()
    {
        while (!_isOver)
        {
            if (Interlocked.Read(ref _beats) > 0)
            {
                Thread.Sleep(_period);
                _transport.Poll(TimeSpan.Zero);
                _counters.StampSent(_sent, Stopwatch.GetTimestamp());
                Send();
                Interlocked.Decrement(ref _beats);
            }

            _transport.Poll(TimeSpan.FromMilliseconds(Turn()));
            while (_socket.IsReadable && _socket.TryReceive(_subscription) == ReceiveOutcome.Received)
            {
                // Whoever subscribes gets everything.
            }
        }
    }

    // How long to wait after it, in milliseconds.
    private int Turn()
    {
        if (_counters.Limit <= _sent)
        {
            return Interlocked.Read(ref _beats) > 0 ? 0 : 10;
        }

        if (_sent - _counters.Seen(0) > _counters.Window)
        {
            return 1;
        }

        for (var count = 0; count < MessagesPerTurn; count++)
        {
            Send();
        }

        _counters.Published = _sent;
        return 0;
    }

    private void Send()
    {
        BinaryPrimitives.WriteInt64LittleEndian(_message, _sent++);
        _ = _socket.TrySend(Topic, _message);
    }
}
