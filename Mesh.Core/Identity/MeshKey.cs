using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;

namespace Mesh.Core.Identity;

/// <summary>What the nodes of one mesh share: it filters and hides, and authorises nothing.</summary>
/// <remarks>Immutable until disposed; usable from any thread. Disposing zeroes the secrets.</remarks>
internal sealed class MeshKey : IDisposable
{
    /// <summary>Size of the key, in bytes.</summary>
    public const int SizeBytes = 32;

    /// <summary>The name of a mesh that has neither a key nor a name.</summary>
    public const string DefaultName = "default";

    private const int HexCharacters = 2 * SizeBytes;

    private readonly SecretBuffer _key;
    private readonly SecretBuffer _presharedKey = new(KeyDerivation.KeyBytes);

    private MeshKey(IPrimitives primitives, SecretBuffer key, string? name)
    {
        _key = key;
        Name = name;
        KeyDerivation.DeriveMeshPresharedKey(key.Span, _presharedKey.Span);

        Span<byte> id = stackalloc byte[KeyDerivation.MeshIdBytes];
        KeyDerivation.DeriveMeshId(key.Span, id);
        MeshId = BinaryPrimitives.ReadUInt64BigEndian(id);

        using var beaconKey = new SecretBuffer(KeyDerivation.KeyBytes);
        KeyDerivation.DeriveBeaconKey(key.Span, beaconKey.Span);
        Beacon = primitives.CreateAeadKey(AeadAlgorithm.XChaCha20Poly1305, beaconKey.Span);
    }

    /// <summary>The mesh's id: 8 bytes, read as one big-endian number.</summary>
    public ulong MeshId { get; }

    /// <summary>
    /// Whether the key is random; <see langword="false"/> when it follows from the mesh's name, so that anyone on the
    /// network can read names and ids.
    /// </summary>
    public bool IsSecret => Name is null;

    /// <summary>The name that the key follows from; null for a key that is random.</summary>
    public string? Name { get; }

    /// <summary>The XChaCha20-Poly1305 key of beacons. Owned by this object.</summary>
    public AeadKey Beacon { get; }

    /// <summary>psk0 of the handshakes inside this mesh, 32 bytes; not to be kept beyond the disposal.</summary>
    public ReadOnlySpan<byte> PresharedKey => _presharedKey.Span;

    /// <summary>Takes over a key that came from a file or from an inviter.</summary>
    /// <param name="primitives">The provider of the primitives.</param>
    /// <param name="key">Exactly 32 bytes; the caller clears its own.</param>
    /// <returns>The key; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public static MeshKey Import(IPrimitives primitives, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(primitives);
        KeySize.Require(key, SizeBytes, nameof(key));
        return new MeshKey(primitives, new SecretBuffer(key), name: null);
    }

    /// <summary>Draws a new key.</summary>
    /// <param name="primitives">The provider of the primitives and of randomness.</param>
    /// <returns>The key; the caller disposes it.</returns>
    public static MeshKey Create(IPrimitives primitives)
    {
        ArgumentNullException.ThrowIfNull(primitives);
        var key = new SecretBuffer(SizeBytes);
        primitives.Fill(key.Span);
        return new MeshKey(primitives, key, name: null);
    }

    /// <summary>Derives the key of a mesh that has only a name; no secret, and the log says so.</summary>
    /// <param name="primitives">The provider of the primitives.</param>
    /// <param name="name">The mesh's name, not empty; <see cref="DefaultName"/> when nobody chose one.</param>
    /// <returns>The key; the caller disposes it.</returns>
    public static MeshKey FromName(IPrimitives primitives, string name)
    {
        ArgumentNullException.ThrowIfNull(primitives);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var key = new SecretBuffer(SizeBytes);
        KeyDerivation.DeriveMeshKey(Encoding.UTF8.GetBytes(name), key.Span);
        return new MeshKey(primitives, key, name);
    }

    /// <summary>Reads a key as a key file holds it.</summary>
    /// <param name="text">
    /// Untrusted, any length: 64 hexadecimal digits, or 52 base-32 characters in groups or not; white space around it
    /// is skipped.
    /// </param>
    /// <param name="key">Exactly 32 bytes, written when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> when the text is neither.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, Span<byte> key)
    {
        KeySize.Require(key, SizeBytes, nameof(key));
        var line = text.Trim();
        if (line.Length == HexCharacters && !line.Contains('-'))
        {
            return Convert.FromHexString(line, key, out _, out _) == System.Buffers.OperationStatus.Done;
        }

        return CrockfordBase32.TryDecode(line, key, out var written) && written == SizeBytes;
    }

    /// <summary>Whether a text can be the name of a mesh.</summary>
    /// <param name="name">Any text, or null.</param>
    /// <returns>
    /// False when it is white space, longer than 128 bytes of UTF-8, or holds a character that cannot be shown.
    /// </returns>
    public static bool IsValidName([NotNullWhen(true)] string? name) =>
        !string.IsNullOrWhiteSpace(name)
        && Encoding.UTF8.GetByteCount(name) <= WireLimits.MaxMeshNameBytes
        && name.All(character => char.GetUnicodeCategory(character)
            is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));

    /// <summary>Whether this is the same key.</summary>
    /// <param name="other">Another one.</param>
    public bool IsSameAs(MeshKey other) => CryptographicOperations.FixedTimeEquals(_key.Span, other._key.Span);

    /// <summary>Copies the key out, to hand it to an invited node or to write it to a key file.</summary>
    /// <param name="destination">Exactly 32 bytes; the caller clears it.</param>
    public void CopyTo(Span<byte> destination)
    {
        KeySize.Require(destination, SizeBytes, nameof(destination));
        _key.Span.CopyTo(destination);
    }

    /// <summary>Zeroes the secrets.</summary>
    public void Dispose()
    {
        _key.Dispose();
        _presharedKey.Dispose();
        Beacon.Dispose();
    }
}
