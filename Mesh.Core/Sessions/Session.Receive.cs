using Mesh.Core.Trust;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Sessions;

// The way in: open, check the order of the protocol, deal with what is the session's own, hand the rest to the owner.
internal sealed partial class Session
{
    private bool _heardFirst;
    private bool _isDeaf;

    /// <summary>Takes the content of one Sealed message.</summary>
    /// <param name="ciphertext">Untrusted, any length.</param>
    /// <param name="now">The loop's time.</param>
    /// <param name="type">The type of the message, when the fact has one.</param>
    /// <param name="message">The plaintext, when the fact has one; valid until the next message is received.</param>
    /// <returns>What it means to the owner.</returns>
    public SessionFact Receive(
        ReadOnlySpan<byte> ciphertext, TimeSpan now, out SessionMessageType type, out ReadOnlySpan<byte> message)
    {
        type = default;
        message = default;
        if (State == SessionState.Ended || _isDeaf)
        {
            return SessionFact.None;
        }

        if (!TryOpen(ciphertext, out var length))
        {
            return Broken(SessionEnd.Forged, now);
        }

        message = _buffers.Received.AsSpan(0, length);
        _silence.Heard(now);
        Traffic.ReceivedCount++;
        Traffic.ReceivedBytes += length;
        if (!SessionMessage.TryReadType(message, out type))
        {
            return Broken(SessionEnd.Malformed, now);
        }

        return _heardFirst ? ReceiveNext(type, message, now) : ReceiveFirst(type, message, now);
    }

    private static bool IsForOwner(SessionMessageType type) =>
        type is SessionMessageType.Error or (>= SessionMessageType.Attach and <= SessionMessageType.Detach);

    private SessionFact ReceiveFirst(SessionMessageType type, ReadOnlySpan<byte> message, TimeSpan now)
    {
        _heardFirst = true;
        return type switch
        {
            SessionMessageType.Welcome => ReceiveWelcome(message, now),
            SessionMessageType.Refuse => ReceiveRefuse(message, now),
            _ => Broken(SessionEnd.Malformed, now),
        };
    }

    private SessionFact ReceiveNext(SessionMessageType type, ReadOnlySpan<byte> message, TimeSpan now)
    {
        // After the own last word only the peer's is of interest: it ends the waiting.
        if (State == SessionState.Closing && type is not (SessionMessageType.Bye or SessionMessageType.Refuse))
        {
            return SessionFact.None;
        }

        if (IsForOwner(type))
        {
            return ReceiveForOwner(type, message);
        }

        return type switch
        {
            SessionMessageType.Ping => ReceivePing(message, now),
            SessionMessageType.Pong => ReceivePong(message, now),
            SessionMessageType.Credit => ReceiveCredit(message, now),
            SessionMessageType.Rights => ReceiveRights(message, now),
            SessionMessageType.Bye => ReceiveBye(message, now),
            SessionMessageType.Refuse => ReceiveRefuse(message, now),
            SessionMessageType.Welcome => Broken(SessionEnd.Malformed, now),
            _ => ReceiveUnknown(type, now),
        };
    }

    private SessionFact ReceiveWelcome(ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (!WelcomeMessage.TryRead(message, out var welcome))
        {
            return Broken(SessionEnd.Malformed, now);
        }

        Name = welcome.Name;
        SessionPort = welcome.SessionPort;
        if (State == SessionState.Closing)
        {
            return SessionFact.Introduced;
        }

        RightsHeld = (Rights)welcome.Rights;
        FramePort = welcome.FramePort;
        PeerLimits = welcome.Limits;
        KnownIncarnation = welcome.Known;
        _window.Open(Math.Min(welcome.Limits.CreditBytes, (uint)_options.BulkWindowBytes));
        State = SessionState.Open;
        OpenedAt = now;
        _ready.Add(this);
        return SessionFact.Opened;
    }

    private SessionFact ReceiveRefuse(ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (!RefuseMessage.TryRead(message, out var refuse))
        {
            return Broken(SessionEnd.Malformed, now);
        }

        Refusal = refuse;
        return Over(SessionEnd.RefusedThere);
    }

    private SessionFact ReceiveForOwner(SessionMessageType type, ReadOnlySpan<byte> message)
    {
        if (SessionMessage.IsBulk(type))
        {
            _meter.Consume(message.Length);
            AcknowledgeBulk();
        }

        return SessionFact.Message;
    }

    private void AcknowledgeBulk()
    {
        if (!_meter.IsDue)
        {
            return;
        }

        Span<byte> bytes = stackalloc byte[16];
        var writer = new MessageWriter(bytes);
        new CreditMessage(_meter.Consumed).Write(ref writer);
        Enqueue(writer.Written);
        _meter.Announced();
    }

    private SessionFact ReceivePing(ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (!PingMessage.TryRead(message, out var ping))
        {
            return Broken(SessionEnd.Malformed, now);
        }

        Span<byte> bytes = stackalloc byte[32];
        var writer = new MessageWriter(bytes);
        new PongMessage(ping.Token, ping.ClockMicroseconds, ToMicroseconds(now)).Write(ref writer);
        return Enqueue(writer.Written) ? SessionFact.Message : SessionFact.Ended;
    }

    private SessionFact ReceivePong(ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (!PongMessage.TryRead(message, out var pong))
        {
            return Broken(SessionEnd.Malformed, now);
        }

        _clock.TryAnswered(pong.Token, pong.OwnClockMicroseconds, ToMicroseconds(now));
        return SessionFact.None;
    }

    private SessionFact ReceiveCredit(ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (!CreditMessage.TryRead(message, out var credit))
        {
            return Broken(SessionEnd.Malformed, now);
        }

        if (!_window.TryAcknowledge(credit.ConsumedBytes))
        {
            return Broken(SessionEnd.CreditBroken, now);
        }

        BulkReady();
        return SessionFact.None;
    }

    private SessionFact ReceiveRights(ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (!RightsMessage.TryRead(message, out var rights))
        {
            return Broken(SessionEnd.Malformed, now);
        }

        RightsHeld = (Rights)rights.Rights;
        return SessionFact.RightsChanged;
    }

    private SessionFact ReceiveBye(ReadOnlySpan<byte> message, TimeSpan now) =>
        !ByeMessage.TryRead(message, out var bye)
            ? Broken(SessionEnd.Malformed, now)
            : Over(bye.Code switch
            {
                RefuseCode.DuplicateSession => SessionEnd.Duplicate,
                RefuseCode.Busy => SessionEnd.Dropped,
                _ => SessionEnd.Left,
            });

    private SessionFact ReceiveUnknown(SessionMessageType type, TimeSpan now)
    {
        if ((byte)type >= SessionMessage.FirstClosingType)
        {
            return Broken(SessionEnd.Malformed, now);
        }

        Traffic.UnknownCount++;
        Span<byte> bytes = stackalloc byte[16];
        var writer = new MessageWriter(bytes);
        new ErrorMessage(0, type, SessionErrorCode.UnknownType, "").Write(ref writer);
        return Enqueue(writer.Written) ? SessionFact.None : SessionFact.Ended;
    }

    private SessionFact Broken(SessionEnd end, TimeSpan now)
    {
        Fail(end, now);
        return SessionFact.Ended;
    }

    private SessionFact Over(SessionEnd end)
    {
        Finish(end);
        return SessionFact.Ended;
    }
}
