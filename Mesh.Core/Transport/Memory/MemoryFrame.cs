using System.Buffers;

namespace Mesh.Core.Transport.Memory;

/// <summary>One thing in flight on a connection; whoever holds it last releases its buffer.</summary>
internal readonly struct MemoryFrame
{
    private readonly byte[]? _bytes;
    private readonly int _addressBytes;
    private readonly int _payloadBytes;

    private MemoryFrame(MemoryFrameKind kind, byte[]? bytes, int addressBytes, int payloadBytes)
    {
        Kind = kind;
        _bytes = bytes;
        _addressBytes = addressBytes;
        _payloadBytes = payloadBytes;
    }

    /// <summary>What it is.</summary>
    public MemoryFrameKind Kind { get; }

    /// <summary>Topic of a published message, else empty.</summary>
    public ReadOnlySpan<byte> Address => _bytes.AsSpan(0, _addressBytes);

    /// <summary>Payload of a message; topic of a subscription.</summary>
    public ReadOnlySpan<byte> Payload => _bytes.AsSpan(_addressBytes, _payloadBytes);

    /// <summary>A frame without content.</summary>
    public static MemoryFrame Signal(MemoryFrameKind kind) => new(kind, null, 0, 0);

    /// <summary>A frame with a copy of what is given, in a pooled buffer.</summary>
    public static MemoryFrame Copy(MemoryFrameKind kind, ReadOnlySpan<byte> address, ReadOnlySpan<byte> payload)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(address.Length + payload.Length);
        address.CopyTo(bytes);
        payload.CopyTo(bytes.AsSpan(address.Length));
        return new MemoryFrame(kind, bytes, address.Length, payload.Length);
    }

    /// <summary>Gives the buffer back.</summary>
    public void Release()
    {
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
