using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Sessions;

// The way out: the message that the link had no room for, then control, then bulk within the credit.
internal sealed partial class Session
{
    private const int MaxMessagesPerFlush = 64;

    private byte[] _blocked = [];
    private TimeSpan _retryAt;
    private bool _hasBulk;

    private bool IsBlocked => _blocked.Length > 0;

    /// <summary>Sends a message as it is before anything else: the end of the handshake.</summary>
    /// <param name="message">The message; may be empty. Kept until the link takes it.</param>
    public void Precede(byte[] message) => _blocked = message;

    /// <summary>Gives the link what it takes, some messages at a time.</summary>
    /// <param name="now">The loop's time.</param>
    public void Flush(TimeSpan now)
    {
        if (State == SessionState.Ended || !TrySendBlocked(now))
        {
            return;
        }

        for (var count = 0; count < MaxMessagesPerFlush; count++)
        {
            if (!TrySendNext(now))
            {
                return;
            }
        }

        _ready.Add(this);
    }

    private bool TrySendBlocked(TimeSpan now)
    {
        if (!IsBlocked)
        {
            return true;
        }

        // The same bytes: a number that was sealed once is never sealed again.
        switch (_link.TrySend(_blocked))
        {
            case LinkSend.Sent:
                _blocked = [];
                return true;
            case LinkSend.Again:
                _retryAt = now + _options.SendRetry;
                return false;
            default:
                Finish(SessionEnd.LinkClosed);
                return false;
        }
    }

    private bool TrySendNext(TimeSpan now)
    {
        if (_queue.TryPeek(out var message))
        {
            var isSent = SealAndSend(message, now);
            if (State != SessionState.Ended)
            {
                _queue.Dequeue();
            }

            return isSent;
        }

        if (State != SessionState.Open || !_hasBulk || Bulk is null)
        {
            return false;
        }

        var room = (int)Math.Min(_window.AvailableBytes, Math.Min(PeerLimits.MaxMessageBytes, MaxMessageBytes));
        if (!Bulk.TryProduce(_buffers.Outgoing.AsSpan(0, room), now, out var length))
        {
            // Asked again when credit comes back or the owner says that there is more.
            _hasBulk = false;
            return !_queue.IsEmpty;
        }

        _window.Sent(length);
        return SealAndSend(_buffers.Outgoing.AsSpan(0, length), now);
    }

    private bool SealAndSend(ReadOnlySpan<byte> plaintext, TimeSpan now)
    {
        var length = Seal(plaintext);
        var message = _buffers.Sealed.AsSpan(0, length);
        Traffic.SentCount++;
        Traffic.SentBytes += plaintext.Length;

        // A PONG is no word of one's own: two sides that only answered would never tell their heads.
        if (plaintext.Length < 2 || plaintext[1] != (byte)SessionMessageType.Pong)
        {
            _lastSpoke = now;
        }

        switch (_link.TrySend(message))
        {
            case LinkSend.Sent:
                return true;
            case LinkSend.Again:
                Traffic.BlockedCount++;
                _blocked = message.ToArray();
                _retryAt = now + _options.SendRetry;
                return false;
            default:
                Finish(SessionEnd.LinkClosed);
                return false;
        }
    }
}
