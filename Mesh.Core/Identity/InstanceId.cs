using System.Buffers.Binary;
using Mesh.Core.Sealing;

namespace Mesh.Core.Identity;

/// <summary>One run of a process under an identity: 16 random bytes, new at each start.</summary>
/// <param name="Value">The bytes, read as one big-endian number.</param>
internal readonly record struct InstanceId(UInt128 Value) : IComparable<InstanceId>
{
    /// <summary>Size of an instance id, in bytes.</summary>
    public const int SizeBytes = 16;

    /// <summary>Draws a new one.</summary>
    /// <param name="primitives">The source of randomness.</param>
    /// <returns>An id that no other run has.</returns>
    public static InstanceId Create(IPrimitives primitives)
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        primitives.Fill(bytes);
        return new InstanceId(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>Reads an id from untrusted bytes.</summary>
    /// <param name="bytes">Any length.</param>
    /// <param name="id">The id, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> when the length is not 16.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out InstanceId id)
    {
        var isRead = bytes.Length == SizeBytes;
        id = isRead ? new InstanceId(BinaryPrimitives.ReadUInt128BigEndian(bytes)) : default;
        return isRead;
    }

    /// <summary>Writes the bytes.</summary>
    /// <param name="destination">At least 16 bytes.</param>
    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    /// <inheritdoc/>
    public int CompareTo(InstanceId other) => Value.CompareTo(other.Value);

    /// <summary>The bytes in hexadecimal.</summary>
    /// <returns>32 characters.</returns>
    public override string ToString() => Value.ToString("x32", null);
}
