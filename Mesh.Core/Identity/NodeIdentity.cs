using System.Security.Cryptography;
using Mesh.Core.Sealing;

namespace Mesh.Core.Identity;

/// <summary>The secrets of a node: one seed, and the two key pairs and the journal key derived from it.</summary>
/// <remarks>Immutable until disposed; usable from any thread. Disposing zeroes the secrets.</remarks>
internal sealed class NodeIdentity : IDisposable
{
    /// <summary>Size of the seed, in bytes.</summary>
    public const int SeedBytes = 32;

    private NodeIdentity(SigningKey signing, AgreementKey agreement, AeadKey journal)
    {
        Signing = signing;
        Agreement = agreement;
        Journal = journal;
        Id = NodeId.FromKeys(signing.PublicKey, agreement.PublicKey);
    }

    /// <summary>The node's id.</summary>
    public NodeId Id { get; }

    /// <summary>The Ed25519 pair: signs beacons, handshakes and frames. Owned by this object.</summary>
    public SigningKey Signing { get; }

    /// <summary>The X25519 pair: the static key of handshakes. Owned by this object.</summary>
    public AgreementKey Agreement { get; }

    /// <summary>XChaCha20-Poly1305 key that a journal seals its epoch keys under. Owned by this object.</summary>
    public AeadKey Journal { get; }

    /// <summary>Derives an identity.</summary>
    /// <param name="primitives">The provider of the primitives.</param>
    /// <param name="seed">Exactly 32 bytes; the caller clears its own.</param>
    /// <returns>The identity; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The seed has another length.</exception>
    public static NodeIdentity FromSeed(IPrimitives primitives, ReadOnlySpan<byte> seed)
    {
        ArgumentNullException.ThrowIfNull(primitives);
        Span<byte> secret = stackalloc byte[KeyDerivation.KeyBytes];

        KeyDerivation.DeriveSigningSeed(seed, secret);
        var signing = primitives.CreateSigningKey(secret);
        KeyDerivation.DeriveAgreementSecret(seed, secret);
        var agreement = primitives.CreateAgreementKey(secret);
        KeyDerivation.DeriveJournalKey(seed, secret);
        var journal = primitives.CreateAeadKey(AeadAlgorithm.XChaCha20Poly1305, secret);

        CryptographicOperations.ZeroMemory(secret);
        return new NodeIdentity(signing, agreement, journal);
    }

    /// <summary>Makes an identity that nobody had before; its seed is not kept.</summary>
    /// <param name="primitives">The provider of the primitives and of randomness.</param>
    /// <returns>The identity; the caller disposes it.</returns>
    public static NodeIdentity Create(IPrimitives primitives)
    {
        ArgumentNullException.ThrowIfNull(primitives);
        Span<byte> seed = stackalloc byte[SeedBytes];
        primitives.Fill(seed);

        try
        {
            return FromSeed(primitives, seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Zeroes the secrets.</summary>
    public void Dispose()
    {
        Signing.Dispose();
        Agreement.Dispose();
        Journal.Dispose();
    }
}
