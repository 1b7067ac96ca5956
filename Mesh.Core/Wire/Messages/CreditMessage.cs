using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>CREDIT: how much bulk the sender has taken in.</summary>
/// <remarks><c>[0x07, consumed u64]</c>, docs/wire-format.md §5.</remarks>
/// <param name="ConsumedBytes">Bytes of bulk plaintext consumed since the session began.</param>
internal readonly record struct CreditMessage(ulong ConsumedBytes)
{
    private const int Fields = 1;

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out CreditMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Credit, Fields, out var unknown)
            || !reader.TryReadUInt64(out var consumedBytes)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new CreditMessage(consumedBytes);
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Credit, Fields);
        writer.WriteUnsigned(ConsumedBytes);
    }
}
