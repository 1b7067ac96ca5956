using System.Buffers.Binary;
using System.Diagnostics;

namespace Mesh.Core.Sessions;

/// <summary>The control messages that wait for a link: first in, first out, bounded in bytes.</summary>
/// <remarks>
/// One buffer, each message behind its length: queueing allocates only when the buffer grows. An emptied queue that had
/// grown gives its buffer up.
/// </remarks>
internal sealed class OutboundQueue
{
    private const int PrefixBytes = sizeof(int);
    private const int InitialBytes = 4096;

    private readonly int _maxBytes;
    private byte[] _buffer = [];
    private int _head;
    private int _tail;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="maxBytes">What it holds at most, 4 bytes a message included.</param>
    public OutboundQueue(int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        _maxBytes = maxBytes;
    }

    /// <summary>Bytes waiting, 4 bytes a message included.</summary>
    public int WaitingBytes => _tail - _head;

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _head == _tail;

    /// <summary>Adds a copy of a message.</summary>
    /// <param name="message">Any length.</param>
    /// <returns><see langword="false"/> when the bound would be passed; nothing was added then.</returns>
    public bool TryEnqueue(ReadOnlySpan<byte> message)
    {
        var needed = PrefixBytes + (long)message.Length;
        if (WaitingBytes + needed > _maxBytes)
        {
            return false;
        }

        MakeRoom((int)needed);
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_tail), message.Length);
        message.CopyTo(_buffer.AsSpan(_tail + PrefixBytes));
        _tail += (int)needed;
        return true;
    }

    /// <summary>The oldest message.</summary>
    /// <param name="message">Valid until the next call that changes the queue.</param>
    /// <returns><see langword="false"/> when nothing waits.</returns>
    public bool TryPeek(out ReadOnlySpan<byte> message)
    {
        message = IsEmpty ? default : _buffer.AsSpan(_head + PrefixBytes, HeadLength());
        return !IsEmpty;
    }

    /// <summary>Takes the oldest message away.</summary>
    public void Dequeue()
    {
        Debug.Assert(!IsEmpty, "only what was peeked is taken away");
        _head += PrefixBytes + HeadLength();
        if (IsEmpty)
        {
            Clear();
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _head = 0;
        _tail = 0;
        if (_buffer.Length > InitialBytes)
        {
            _buffer = [];
        }
    }

    private int HeadLength() => BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_head));

    private void MakeRoom(int needed)
    {
        if (_tail + needed <= _buffer.Length)
        {
            return;
        }

        // Moving pays for itself only when it frees at least half; else the buffer doubles, so that a byte is moved
        // a bounded number of times.
        var waiting = WaitingBytes;
        var fits = waiting + needed <= _buffer.Length && _head >= _buffer.Length / 2;
        var target = fits ? _buffer : new byte[Math.Max(InitialBytes, Math.Max(2 * _buffer.Length, waiting + needed))];
        _buffer.AsSpan(_head, waiting).CopyTo(target);
        _buffer = target;
        _head = 0;
        _tail = waiting;
    }
}
