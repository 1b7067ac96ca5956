using System.Net;

namespace Mesh.Core.Transport;

/// <summary>
/// What arrived at a datagram socket and was not taken yet: at most <see cref="DatagramLimits.MaxQueuedDatagrams"/>,
/// after which the newest is dropped and counted. Any number of threads put, one takes.
/// </summary>
internal sealed class DatagramQueue(Action readable)
{
    private readonly Lock _gate = new();
    private readonly Slot[] _slots = new Slot[DatagramLimits.MaxQueuedDatagrams];
    private int _first;
    private int _count;
    private long _received;
    private long _tooLong;
    private long _queueFull;
    private long _sendFailed;
    private long _receiveFailed;

    /// <summary>What was counted so far.</summary>
    public DatagramCounters Counters => new(
        Interlocked.Read(ref _received),
        Interlocked.Read(ref _tooLong),
        Interlocked.Read(ref _queueFull),
        Interlocked.Read(ref _sendFailed),
        Interlocked.Read(ref _receiveFailed));

    /// <summary>Queues a datagram of any length, or counts why not.</summary>
    public void Put(ReadOnlySpan<byte> datagram, IPEndPoint source, int interfaceIndex)
    {
        if (datagram.Length > DatagramLimits.MaxDatagramBytes)
        {
            CountTooLong();
            return;
        }

        lock (_gate)
        {
            if (_count == _slots.Length)
            {
                _ = Interlocked.Increment(ref _queueFull);
                return;
            }

            ref var slot = ref _slots[(_first + _count) % _slots.Length];
            slot.Bytes ??= new byte[DatagramLimits.MaxDatagramBytes];
            datagram.CopyTo(slot.Bytes);
            (slot.Length, slot.Source, slot.InterfaceIndex) = (datagram.Length, source, interfaceIndex);
            _count++;
        }

        _ = Interlocked.Increment(ref _received);
        readable();
    }

    /// <summary>Takes the oldest datagram.</summary>
    public bool TryTake(ReceivedDatagram into)
    {
        lock (_gate)
        {
            if (_count == 0)
            {
                return false;
            }

            ref var slot = ref _slots[_first];
            into.Set(slot.Bytes.AsSpan(0, slot.Length), slot.Source!, slot.InterfaceIndex);
            slot.Source = null;
            _first = (_first + 1) % _slots.Length;
            _count--;
            return true;
        }
    }

    /// <summary>Counts a datagram that the system cut or refused for its length.</summary>
    public void CountTooLong() => Interlocked.Increment(ref _tooLong);

    /// <summary>Counts a send that the system refused.</summary>
    public void CountSendFailed() => Interlocked.Increment(ref _sendFailed);

    /// <summary>Counts a receive that the system ended with an error.</summary>
    public void CountReceiveFailed() => Interlocked.Increment(ref _receiveFailed);

    // Buffers are made when first needed and then stay.
    private struct Slot
    {
        public byte[]? Bytes;
        public int Length;
        public IPEndPoint? Source;
        public int InterfaceIndex;
    }
}
