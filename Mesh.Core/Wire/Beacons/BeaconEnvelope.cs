namespace Mesh.Core.Wire.Beacons;

/// <summary>The parts of a beacon datagram, found before anything is opened.</summary>
/// <remarks>
/// <code>
/// offset  size  field
///      0     4  magic       ("MESH")
///      4     1  version     (1)
///      5     1  generation  (of the mesh key)
///      6    24  nonce
///     30     n  ciphertext  (the body's)
///   30+n    16  tag
/// </code>
/// docs/wire-format.md §3.
/// </remarks>
internal readonly ref struct BeaconEnvelope
{
    /// <summary>Size of the associated data: magic, version and generation, in bytes.</summary>
    public const int HeaderBytes = 6;

    /// <summary>What a datagram takes beside its body, in bytes.</summary>
    public const int OverheadBytes = HeaderBytes + NonceBytes + TagBytes;

    /// <summary>The greatest body, in bytes.</summary>
    public const int MaxBodyBytes = WireLimits.MaxBeaconBytes - OverheadBytes;

    private const int NonceBytes = 24;
    private const int TagBytes = 16;
    private const int VersionOffset = 4;
    private const int GenerationOffset = 5;

    private static ReadOnlySpan<byte> Magic => "MESH"u8;

    /// <summary>Which of the mesh's keys seals it.</summary>
    public required byte Generation { get; init; }

    /// <summary>The associated data, 6 bytes.</summary>
    public required ReadOnlySpan<byte> Header { get; init; }

    /// <summary>Nonce, ciphertext and tag.</summary>
    public required ReadOnlySpan<byte> Sealed { get; init; }

    /// <summary>Takes a datagram apart; what was read points into it.</summary>
    /// <param name="datagram">As received, any length.</param>
    /// <param name="envelope">Its parts, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> when it is no beacon of this version, or longer than one may be.</returns>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out BeaconEnvelope envelope)
    {
        envelope = default;
        if (datagram.Length is <= OverheadBytes or > WireLimits.MaxBeaconBytes
            || !datagram.StartsWith(Magic)
            || datagram[VersionOffset] != WireLimits.Version)
        {
            return false;
        }

        envelope = new BeaconEnvelope
        {
            Generation = datagram[GenerationOffset],
            Header = datagram[..HeaderBytes],
            Sealed = datagram[HeaderBytes..],
        };
        return true;
    }

    /// <summary>Writes the associated data; the sealed body follows.</summary>
    /// <param name="destination">At least <see cref="HeaderBytes"/>.</param>
    /// <param name="generation">Which of the mesh's keys seals it.</param>
    public static void WriteHeader(Span<byte> destination, byte generation)
    {
        Magic.CopyTo(destination);
        destination[VersionOffset] = WireLimits.Version;
        destination[GenerationOffset] = generation;
    }
}
