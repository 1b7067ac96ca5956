using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire;

/// <summary>Endpoints as bytes: the address (4 or 16 bytes), then the port (u16). A scope id does not travel.</summary>
internal static class EndpointBytes
{
    /// <summary>The most that an endpoint takes, in bytes.</summary>
    public const int MaxBytes = 16 + PortBytes;

    private const int PortBytes = 2;
    private const int Version4Bytes = 4;
    private const int Version6Bytes = 16;

    /// <summary>Reads an endpoint.</summary>
    /// <param name="source">Untrusted, any length.</param>
    /// <param name="endpoint">The endpoint, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> when the length is neither 6 nor 18, and for port 0.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out IPEndPoint? endpoint)
    {
        endpoint = null;
        if (source.Length is not (Version4Bytes + PortBytes or Version6Bytes + PortBytes))
        {
            return false;
        }

        var port = BinaryPrimitives.ReadUInt16BigEndian(source[^PortBytes..]);
        if (port == 0)
        {
            return false;
        }

        endpoint = new IPEndPoint(new IPAddress(source[..^PortBytes]), port);
        return true;
    }

    /// <summary>Writes an endpoint.</summary>
    /// <param name="endpoint">An address of either version and a port of at least 1.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/>.</param>
    /// <returns>How many bytes were written: 6 or 18.</returns>
    public static int Write(IPEndPoint endpoint, Span<byte> destination)
    {
        var length = endpoint.AddressFamily == AddressFamily.InterNetwork ? Version4Bytes : Version6Bytes;
        endpoint.Address.TryWriteBytes(destination, out _);
        BinaryPrimitives.WriteUInt16BigEndian(destination[length..], (ushort)endpoint.Port);
        return length + PortBytes;
    }

    /// <summary>Reads a list of endpoints inside a message.</summary>
    /// <param name="reader">At the header of the list.</param>
    /// <param name="max">How many there may be.</param>
    /// <param name="endpoints">The endpoints, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> for more than that, and for one that is none.</returns>
    public static bool TryReadList(ref MessageReader reader, int max, out IPEndPoint[] endpoints)
    {
        endpoints = [];
        if (!reader.TryReadArrayHeader(out var count) || count > max)
        {
            return false;
        }

        endpoints = count == 0 ? [] : new IPEndPoint[count];
        for (var index = 0; index < count; index++)
        {
            if (!reader.TryReadBinary(MaxBytes, out var bytes) || !TryRead(bytes, out var endpoint))
            {
                return false;
            }

            endpoints[index] = endpoint;
        }

        return true;
    }

    /// <summary>Writes a list of endpoints inside a message.</summary>
    public static void WriteList(ref MessageWriter writer, IReadOnlyList<IPEndPoint> endpoints)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        writer.WriteArrayHeader(endpoints.Count);
        for (var index = 0; index < endpoints.Count; index++)
        {
            writer.WriteBinary(bytes[..Write(endpoints[index], bytes)]);
        }
    }
}
