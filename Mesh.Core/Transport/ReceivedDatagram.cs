using System.Net;

namespace Mesh.Core.Transport;

/// <summary>
/// A received datagram, made to be used again; the span is valid until the next receive into the same object. Not
/// thread safe.
/// </summary>
public sealed class ReceivedDatagram
{
    private readonly byte[] _payload = new byte[DatagramLimits.MaxDatagramBytes];
    private int _payloadBytes;

    /// <summary>What arrived, 0 to <see cref="DatagramLimits.MaxDatagramBytes"/> bytes; untrusted.</summary>
    public ReadOnlySpan<byte> Payload => _payload.AsSpan(0, _payloadBytes);

    /// <summary>Who sent it, as far as an unsigned datagram can say. IPv4 is never shown as mapped IPv6.</summary>
    public IPEndPoint Source { get; private set; } = new(IPAddress.None, 0);

    /// <summary>Index of the interface it came in by; 0 when the system did not say.</summary>
    public int InterfaceIndex { get; private set; }

    internal void Set(ReadOnlySpan<byte> payload, IPEndPoint source, int interfaceIndex)
    {
        payload.CopyTo(_payload);
        _payloadBytes = payload.Length;
        Source = source;
        InterfaceIndex = interfaceIndex;
    }
}
