using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>WELCOME: the first message of a side that takes the session.</summary>
/// <remarks>
/// <c>[0x01, rights u32, name str, limits, session port u16, frame port u16, known u64, mesh key or str or nil]</c>,
/// docs/wire-format.md §5. What was read points into the received bytes.
/// </remarks>
internal readonly ref struct WelcomeMessage
{
    private const int Fields = 7;

    /// <summary>What the receiver may do here: the bits of docs/wire-format.md §2.</summary>
    public required uint Rights { get; init; }

    /// <summary>What the sender calls itself, at most 64 bytes of UTF-8: a label, no proof of anything.</summary>
    public required string Name { get; init; }

    public required SessionLimits Limits { get; init; }

    public required ushort SessionPort { get; init; }

    /// <summary>Where the sender publishes frames; 0 for a guest, who publishes none.</summary>
    public required ushort FramePort { get; init; }

    /// <summary>The greatest incarnation of the receiver that the sender knows; 0 for none.</summary>
    public required ulong Known { get; init; }

    /// <summary>The 32 bytes of the mesh key, or none: a secret, in answer to an invite only.</summary>
    public ReadOnlySpan<byte> MeshKey { get; init; }

    /// <summary>
    /// The name of a mesh that has no key, at most 128 bytes of UTF-8, in answer to an invite only; null or empty for
    /// none.
    /// </summary>
    public string? MeshName { get; init; }

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out WelcomeMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Welcome, Fields, out var unknown)
            || !reader.TryReadUInt32(out var rights)
            || !reader.TryReadText(WireLimits.MaxNodeNameBytes, out var name)
            || !SessionLimits.TryRead(ref reader, out var limits)
            || !reader.TryReadUInt16(out var sessionPort)
            || !reader.TryReadUInt16(out var framePort)
            || !reader.TryReadUInt64(out var known)
            || !TryReadMesh(ref reader, out var meshKey, out var meshName)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new WelcomeMessage
        {
            Rights = rights,
            Name = name,
            Limits = limits,
            SessionPort = sessionPort,
            FramePort = framePort,
            Known = known,
            MeshKey = meshKey,
            MeshName = meshName,
        };
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Welcome, Fields);
        writer.WriteUnsigned(Rights);
        writer.WriteText(Name, WireLimits.MaxNodeNameBytes);
        Limits.Write(ref writer);
        writer.WriteUnsigned(SessionPort);
        writer.WriteUnsigned(FramePort);
        writer.WriteUnsigned(Known);
        if (MeshKey.IsEmpty && !string.IsNullOrEmpty(MeshName))
        {
            writer.WriteText(MeshName, WireLimits.MaxMeshNameBytes);
        }
        else
        {
            writer.WriteOptionalBinary(MeshKey);
        }
    }

    private static bool TryReadMesh(
        scoped ref MessageReader reader, out ReadOnlySpan<byte> key, out string? name)
    {
        name = null;
        return reader.TryReadOptionalFixedBinary(WireSizes.KeyBytes, out key)
            || (reader.TryReadText(WireLimits.MaxMeshNameBytes, out name) && name.Length > 0);
    }
}
