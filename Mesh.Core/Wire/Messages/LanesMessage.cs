using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>LANES: the lanes that are offered; the answer to an ATTACH, and pushed when they change.</summary>
/// <remarks><c>[0x11, request u32, lanes [LaneEntry]]</c>, docs/wire-format.md §5.</remarks>
/// <param name="Request">The ATTACH that it answers, or 0 when it is pushed.</param>
/// <param name="Lanes">At most 1,024.</param>
internal readonly record struct LanesMessage(uint Request, LaneEntry[] Lanes)
{
    private const int Fields = 2;

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out LanesMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Lanes, Fields, out var unknown)
            || !reader.TryReadUInt32(out var request)
            || !TryReadLanes(ref reader, out var lanes)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new LanesMessage(request, lanes);
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Lanes, Fields);
        writer.WriteUnsigned(Request);
        writer.WriteArrayHeader(Lanes.Length);
        foreach (ref readonly var lane in Lanes.AsSpan())
        {
            lane.Write(ref writer);
        }
    }

    private static bool TryReadLanes(ref MessageReader reader, out LaneEntry[] lanes)
    {
        lanes = [];
        if (!reader.TryReadArrayHeader(out var count) || count > WireLimits.MaxListedLanes)
        {
            return false;
        }

        lanes = count == 0 ? [] : new LaneEntry[count];
        foreach (ref var lane in lanes.AsSpan())
        {
            if (!LaneEntry.TryRead(ref reader, out lane))
            {
                return false;
            }
        }

        return true;
    }
}
