using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Mesh.Core.Identity;

/// <summary>Who a node is: 20 bytes that commit to its two public keys, so no certificate is needed.</summary>
/// <remarks>
/// The first 20 bytes of SHA-256("mesh/1 node" ‖ Ed25519 public key ‖ X25519 public key). Ordered as its bytes are.
/// The default value is the id of nobody.
/// </remarks>
public readonly struct NodeId : IEquatable<NodeId>, IComparable<NodeId>
{
    /// <summary>Size of an id, in bytes.</summary>
    public const int SizeBytes = 20;

    private const int GroupSize = 4;
    private const int PublicKeyBytes = 32;

    private readonly ulong _high;
    private readonly ulong _middle;
    private readonly uint _low;

    /// <summary>Makes an id from its bytes.</summary>
    /// <param name="bytes">Exactly 20 bytes.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public NodeId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != SizeBytes)
        {
            throw new ArgumentException($"Must be {SizeBytes} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _middle = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _low = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    private static ReadOnlySpan<byte> Label => "mesh/1 node"u8;

    /// <summary>Whether two ids are equal.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> when all bytes are equal.</returns>
    public static bool operator ==(NodeId left, NodeId right) => left.Equals(right);

    /// <summary>Whether two ids differ.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> when a byte differs.</returns>
    public static bool operator !=(NodeId left, NodeId right) => !left.Equals(right);

    /// <summary>Whether an id comes before another.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    /// <returns>The answer, in the order of the bytes.</returns>
    public static bool operator <(NodeId left, NodeId right) => left.CompareTo(right) < 0;

    /// <summary>Whether an id comes before another or is equal.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    /// <returns>The answer, in the order of the bytes.</returns>
    public static bool operator <=(NodeId left, NodeId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether an id comes after another.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    /// <returns>The answer, in the order of the bytes.</returns>
    public static bool operator >(NodeId left, NodeId right) => left.CompareTo(right) > 0;

    /// <summary>Whether an id comes after another or is equal.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    /// <returns>The answer, in the order of the bytes.</returns>
    public static bool operator >=(NodeId left, NodeId right) => left.CompareTo(right) >= 0;

    /// <summary>The id of the node that holds two key pairs.</summary>
    /// <param name="signingPublicKey">The Ed25519 public key, exactly 32 bytes.</param>
    /// <param name="agreementPublicKey">The X25519 public key, exactly 32 bytes.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ArgumentException">A key has another length.</exception>
    public static NodeId FromKeys(ReadOnlySpan<byte> signingPublicKey, ReadOnlySpan<byte> agreementPublicKey)
    {
        RequireKey(signingPublicKey, nameof(signingPublicKey));
        RequireKey(agreementPublicKey, nameof(agreementPublicKey));

        Span<byte> input = stackalloc byte[Label.Length + (2 * PublicKeyBytes)];
        Label.CopyTo(input);
        signingPublicKey.CopyTo(input[Label.Length..]);
        agreementPublicKey.CopyTo(input[(Label.Length + PublicKeyBytes)..]);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return new NodeId(hash[..SizeBytes]);
    }

    /// <summary>Reads an id from untrusted bytes.</summary>
    /// <param name="bytes">Any length.</param>
    /// <param name="id">The id, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> when the length is not 20.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out NodeId id)
    {
        var isRead = bytes.Length == SizeBytes;
        id = isRead ? new NodeId(bytes) : default;
        return isRead;
    }

    /// <summary>Reads an id as people write it.</summary>
    /// <param name="text">
    /// Untrusted, any length: 32 base-32 characters, in groups or not, in either case, I and L for 1, O for 0.
    /// </param>
    /// <param name="id">The id, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> for another character or another number of them.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out NodeId id)
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        var isRead = CrockfordBase32.TryDecode(text, bytes, out var written) && written == SizeBytes;
        id = isRead ? new NodeId(bytes) : default;
        return isRead;
    }

    /// <summary>Writes the bytes.</summary>
    /// <param name="destination">At least 20 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < SizeBytes)
        {
            throw new ArgumentException($"Must have room for {SizeBytes} bytes.", nameof(destination));
        }

        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _middle);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _low);
    }

    /// <inheritdoc/>
    public bool Equals(NodeId other) => _high == other._high && _middle == other._middle && _low == other._low;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is NodeId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _middle, _low);

    /// <inheritdoc/>
    public int CompareTo(NodeId other)
    {
        var high = _high.CompareTo(other._high);
        var middle = high != 0 ? high : _middle.CompareTo(other._middle);
        return middle != 0 ? middle : _low.CompareTo(other._low);
    }

    /// <summary>The id as people see it: 32 base-32 characters in groups of 4.</summary>
    /// <returns>39 characters, such as <c>0000-…</c>.</returns>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        Write(bytes);
        return CrockfordBase32.ToGroups(bytes, GroupSize);
    }

    private static void RequireKey(ReadOnlySpan<byte> key, string name)
    {
        if (key.Length != PublicKeyBytes)
        {
            throw new ArgumentException($"Must be {PublicKeyBytes} bytes, not {key.Length}.", name);
        }
    }
}
