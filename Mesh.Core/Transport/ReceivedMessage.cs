using System.Diagnostics;
using System.Net;

namespace Mesh.Core.Transport;

/// <summary>
/// A received message, made to be used again: its buffers grow to the longest message seen and stay. Spans are valid
/// until the next receive into the same object. Not thread safe.
/// </summary>
/// <remarks>
/// Providers copy into it. The copy costs about a microsecond for a full frame, and buys that no span can point into
/// memory which a provider has given back.
/// </remarks>
public sealed class ReceivedMessage
{
    private byte[] _address = new byte[32];
    private byte[] _payload = new byte[1024];
    private byte[] _peer = new byte[64];
    private byte[] _parsedPeer = [];
    private IPAddress? _parsed;
    private int _addressBytes;
    private int _payloadBytes;
    private int _peerBytes;

    /// <summary>
    /// Routing id (router, at most 255 bytes), topic (subscriber), empty (dealer, publisher).
    /// </summary>
    public ReadOnlySpan<byte> Address => _address.AsSpan(0, _addressBytes);

    /// <summary>What was sent; untrusted. From a publisher's socket: 0x01 or 0x00, then a topic.</summary>
    public ReadOnlySpan<byte> Payload => _payload.AsSpan(0, _payloadBytes);

    /// <summary>
    /// The IP address that a router's message came from; <see langword="null"/> for other kinds, or where the provider
    /// does not know. IPv4 is never shown as mapped IPv6. Reading it may allocate.
    /// </summary>
    public IPAddress? PeerAddress => _peerBytes == 0 ? null : ParsePeer();

    internal void SetAddress(ReadOnlySpan<byte> address) => Copy(address, ref _address, out _addressBytes);

    internal void SetPayload(ReadOnlySpan<byte> payload) => Copy(payload, ref _payload, out _payloadBytes);

    /// <summary>Sets the peer's address as its text, which is parsed only when somebody asks.</summary>
    internal void SetPeer(ReadOnlySpan<byte> utf8Text) => Copy(utf8Text, ref _peer, out _peerBytes);

    private static void Copy(ReadOnlySpan<byte> source, ref byte[] buffer, out int bytes)
    {
        if (source.Length > buffer.Length)
        {
            buffer = new byte[source.Length];
        }

        source.CopyTo(buffer);
        bytes = source.Length;
    }

    private IPAddress? ParsePeer()
    {
        var text = _peer.AsSpan(0, _peerBytes);
        if (!text.SequenceEqual(_parsedPeer))
        {
            var known = IPAddress.TryParse(text, out var address);
            Debug.Assert(known, "providers give addresses that they know");
            _parsed = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
            _parsedPeer = text.ToArray();
        }

        return _parsed;
    }
}
