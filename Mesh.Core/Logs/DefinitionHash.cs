using System.Buffers.Binary;
using System.Security.Cryptography;
using Mesh.Core.Wire;

namespace Mesh.Core.Logs;

/// <summary>The SHA-256 of a canonical definition, as a value to look up by.</summary>
/// <param name="High">The first 16 bytes.</param>
/// <param name="Low">The last 16 bytes.</param>
internal readonly record struct DefinitionHash(UInt128 High, UInt128 Low)
{
    private const int HalfBytes = WireSizes.HashBytes / 2;

    /// <summary>Reads a hash.</summary>
    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <returns>The hash.</returns>
    public static DefinitionHash Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[HalfBytes..]));

    /// <summary>Computes the hash of a definition.</summary>
    /// <param name="canonicalBytes">The bytes, untrusted.</param>
    /// <returns>Their hash.</returns>
    public static DefinitionHash Of(ReadOnlySpan<byte> canonicalBytes)
    {
        Span<byte> hash = stackalloc byte[WireSizes.HashBytes];
        _ = SHA256.HashData(canonicalBytes, hash);
        return Read(hash);
    }

    /// <summary>Writes the hash.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, High);
        BinaryPrimitives.WriteUInt128BigEndian(destination[HalfBytes..], Low);
    }

    /// <summary>Copies the hash.</summary>
    /// <returns>32 bytes.</returns>
    public byte[] ToArray()
    {
        var bytes = new byte[WireSizes.HashBytes];
        Write(bytes);
        return bytes;
    }

    /// <summary>The hash as people see it.</summary>
    /// <returns>64 hexadecimal digits.</returns>
    public override string ToString() => High.ToString("x32", null) + Low.ToString("x32", null);
}
