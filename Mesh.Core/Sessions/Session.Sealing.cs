using Mesh.Core.Wire;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Sessions;

// Between plaintext and what goes over the link.
internal sealed partial class Session
{
    private const int TagBytes = 16;
    private const int MaxMessageBytes = WireLimits.MaxSessionMessageBytes;

    private int Seal(ReadOnlySpan<byte> plaintext)
    {
        var writer = new MessageWriter(_buffers.Sealed);
        PreSessionMessage.WriteStart(ref writer, PreSessionMessageType.Sealed, 1);
        writer.WriteBinaryHeader(plaintext.Length + TagBytes);
        writer.TryReserve(plaintext.Length + TagBytes, out var room);
        _sending.Seal(plaintext, room);
        return writer.Position;
    }

    private bool TryOpen(ReadOnlySpan<byte> ciphertext, out int length)
    {
        length = ciphertext.Length - TagBytes;
        return length >= 0 && length <= MaxMessageBytes
            && _receiving.TryOpen(ciphertext, _buffers.Received.AsSpan(0, length));
    }
}
