using System.Net;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Sessions;

// Messages in, and the side of the handshake that answers.
internal sealed partial class SessionHub
{
    /// <summary>Takes a message of the listening socket.</summary>
    /// <param name="routingId">Which connection, 1 to 255 bytes.</param>
    /// <param name="address">Where that connection comes from, if it is known.</param>
    /// <param name="message">Untrusted, any length.</param>
    /// <param name="now">The loop's monotonic time.</param>
    public void ReceiveRouted(
        ReadOnlySpan<byte> routingId, IPAddress? address, ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (!PreSessionMessage.TryReadType(message, out var type))
        {
            Counters.Count(SessionCounter.UnknownMessage);
            return;
        }

        _links.TryFind(routingId, out var link);
        switch (type)
        {
            case PreSessionMessageType.Init when link is null && !_isShuttingDown:
                ReceiveInit(routingId, address, message, now);
                break;
            case PreSessionMessageType.Fin when link?.Responder is not null:
                ReceiveFin(link, message, now);
                break;
            case PreSessionMessageType.Sealed when link?.Session is not null:
                ReceiveSealed(link, message, now);
                break;
            default:
                CountStray(type);
                break;
        }
    }

    /// <summary>Takes a message of a dialled link.</summary>
    /// <param name="dialled">The link, as <see cref="ISessionLinks.Open"/> made it.</param>
    /// <param name="message">Untrusted, any length.</param>
    /// <param name="now">The loop's monotonic time.</param>
    public void ReceiveDialled(ISessionLink dialled, ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (!PreSessionMessage.TryReadType(message, out var type))
        {
            Counters.Count(SessionCounter.UnknownMessage);
            return;
        }

        _links.TryFind(dialled, out var link);
        switch (type)
        {
            case PreSessionMessageType.Resp when link?.Initiator is not null:
                ReceiveResp(link, message, now);
                break;
            case PreSessionMessageType.Nack when link?.Initiator is not null:
                ReceiveNack(link, message);
                break;
            case PreSessionMessageType.Sealed when link?.Session is not null:
                ReceiveSealed(link, message, now);
                break;
            default:
                CountStray(type);
                break;
        }
    }

    /// <summary>A dialled link broke.</summary>
    /// <param name="dialled">The link.</param>
    /// <param name="now">The loop's time.</param>
    public void LinkBroke(ISessionLink dialled, TimeSpan now)
    {
        if (!_links.TryFind(dialled, out var link))
        {
            return;
        }

        if (link.Session is { } session)
        {
            session.Abort(SessionEnd.LinkClosed);
            Settle(link, now);
        }
        else
        {
            DropHandshake(link, "connection closed", now);
        }
    }

    private void CountStray(PreSessionMessageType type) =>
        Counters.Count(Enum.IsDefined(type) ? SessionCounter.Unexpected : SessionCounter.UnknownMessage);

    private void ReceiveInit(
        ReadOnlySpan<byte> routingId, IPAddress? address, ReadOnlySpan<byte> message, TimeSpan now)
    {
        var responder = new ResponderHandshake(_primitives, _local, _trust);
        var result = responder.ReadInit(message, now);
        if (result != HandshakeResult.Passed)
        {
            Counters.Count(result);
            responder.Dispose();
            if (result == HandshakeResult.Version)
            {
                SendNack(routingId, NackCode.Version);
            }

            return;
        }

        if (!_halfOpen.TryTake(address, IsFriend(address), now))
        {
            Counters.Count(SessionCounter.Busy);
            responder.Dispose();
            SendNack(routingId, NackCode.Busy);
            return;
        }

        var link = new HubLink
        {
            Link = _linkMaker.Answer(routingId),
            RoutingId = routingId.ToArray(),
            Address = address,
            BeganAt = now,
            Responder = responder,
        };
        _links.Add(link);
        result = responder.WriteResp(_buffers.Sealed, out var length);
        Counters.Count(result);
        if (result != HandshakeResult.Passed)
        {
            DropHandshake(link, "handshake failed", now);
            return;
        }

        SendHandshake(link, _buffers.Sealed.AsSpan(0, length), now);
        Schedule(now + _options.HandshakeTimeout);
    }

    private void ReceiveFin(HubLink link, ReadOnlySpan<byte> message, TimeSpan now)
    {
        var result = link.Responder!.ReadFin(message);
        Counters.Count(result);
        if (result != HandshakeResult.Passed)
        {
            DropHandshake(link, "handshake failed", now);
            return;
        }

        using var responder = link.Responder;
        link.Responder = null;
        _halfOpen.Release(link.Address);
        Begin(link, responder.Complete(), responder.InviteId, now);
    }

    private void ReceiveSealed(HubLink link, ReadOnlySpan<byte> message, TimeSpan now)
    {
        // What is no Sealed at all gives nothing to open, and ends the session like anything else that does not open.
        _ = SealedMessage.TryRead(message, out var sealedMessage);
        var session = link.Session!;
        var unknown = session.Traffic.UnknownCount;
        var fact = session.Receive(sealedMessage.Ciphertext, now, out var type, out var plaintext);
        if (session.Traffic.UnknownCount > unknown)
        {
            Counters.Count(SessionCounter.UnknownType);
        }

        switch (fact)
        {
            case SessionFact.Opened:
                Open(link, plaintext, now);
                break;
            case SessionFact.Introduced:
                Introduce(link, now);
                break;
            case SessionFact.RightsChanged:
                _events.RightsChanged(session);
                break;
            case SessionFact.Message when link.IsAnnounced:
                _events.MessageReceived(session, type, plaintext);
                break;
        }

        Settle(link, now);
    }

    private void SendNack(ReadOnlySpan<byte> routingId, NackCode code)
    {
        Span<byte> bytes = stackalloc byte[16];
        var writer = new MessageWriter(bytes);
        new NackMessage(code, WireLimits.Version, WireLimits.Version).Write(ref writer);
        _ = _linkMaker.Answer(routingId).TrySend(writer.Written);
    }

    // What does not go out at once is kept: a handshake message is made once.
    private void SendHandshake(HubLink link, ReadOnlySpan<byte> message, TimeSpan now)
    {
        switch (link.Link.TrySend(message))
        {
            case LinkSend.Sent:
                link.Unsent = [];
                break;
            case LinkSend.Again:
                link.Unsent = message.ToArray();
                link.RetryAt = now + RetryDelay(now - link.BeganAt);
                Schedule(link.RetryAt);
                break;
            default:
                DropHandshake(link, "connection closed", now);
                break;
        }
    }

    // Often at first, because a connection on the same network takes a millisecond; then rarely.
    private TimeSpan RetryDelay(TimeSpan age) => age / 8 > _options.SendRetry ? age / 8 : _options.SendRetry;
}
