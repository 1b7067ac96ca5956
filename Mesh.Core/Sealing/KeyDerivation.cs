using System.Security.Cryptography;

namespace Mesh.Core.Sealing;

/// <summary>Every key and id of MESH/1 that is derived from another secret, with its label.</summary>
/// <remarks>
/// HKDF with SHA-256 and an empty salt (RFC 5869), or a labelled SHA-256. `docs/wire-format.md` §2, §4, §7. Outputs of
/// different labels say nothing about each other. The caller clears what it passes in and what it gets.
/// </remarks>
internal static class KeyDerivation
{
    /// <summary>Size of a seed and of every derived key, in bytes.</summary>
    public const int KeyBytes = 32;

    /// <summary>Size of the id of a mesh, in bytes.</summary>
    public const int MeshIdBytes = 8;

    /// <summary>Size of the secret of an invite, in bytes.</summary>
    public const int InviteSecretBytes = 16;

    /// <summary>Size of the id of an invite, in bytes.</summary>
    public const int InviteIdBytes = 8;

    /// <summary>Size of the id of an epoch key, in bytes.</summary>
    public const int EpochKeyIdBytes = 16;

    private const int MaxLabelBytes = 32;

    /// <summary>The Ed25519 seed of a node.</summary>
    /// <param name="seed">The node's seed, exactly 32 bytes.</param>
    /// <param name="signingSeed">Exactly 32 bytes.</param>
    public static void DeriveSigningSeed(ReadOnlySpan<byte> seed, Span<byte> signingSeed) =>
        Derive(seed, KeyBytes, "mesh/1 ed25519"u8, signingSeed);

    /// <summary>The X25519 secret of a node.</summary>
    /// <param name="seed">The node's seed, exactly 32 bytes.</param>
    /// <param name="agreementSecret">Exactly 32 bytes.</param>
    public static void DeriveAgreementSecret(ReadOnlySpan<byte> seed, Span<byte> agreementSecret) =>
        Derive(seed, KeyBytes, "mesh/1 x25519"u8, agreementSecret);

    /// <summary>The key that a node seals its journal's keys under.</summary>
    /// <param name="seed">The node's seed, exactly 32 bytes.</param>
    /// <param name="journalKey">Exactly 32 bytes.</param>
    public static void DeriveJournalKey(ReadOnlySpan<byte> seed, Span<byte> journalKey) =>
        Derive(seed, KeyBytes, "mesh/1 journal"u8, journalKey);

    /// <summary>The mesh key of a mesh that has only a name: the same code path, no secrecy.</summary>
    /// <param name="name">The name in UTF-8, any length but 0.</param>
    /// <param name="meshKey">Exactly 32 bytes.</param>
    public static void DeriveMeshKey(ReadOnlySpan<byte> name, Span<byte> meshKey)
    {
        if (name.IsEmpty)
        {
            throw new ArgumentException("A mesh has a name.", nameof(name));
        }

        Derive(name, name.Length, "mesh/1 mesh name"u8, meshKey);
    }

    /// <summary>The id of a mesh.</summary>
    /// <param name="meshKey">Exactly 32 bytes.</param>
    /// <param name="meshId">Exactly 8 bytes.</param>
    public static void DeriveMeshId(ReadOnlySpan<byte> meshKey, Span<byte> meshId)
    {
        KeySize.Require(meshKey, KeyBytes, nameof(meshKey));
        KeySize.Require(meshId, MeshIdBytes, nameof(meshId));
        Hash("mesh/1 mesh"u8, meshKey, meshId);
    }

    /// <summary>The pre-shared key of a mesh's handshakes.</summary>
    /// <param name="meshKey">Exactly 32 bytes.</param>
    /// <param name="presharedKey">Exactly 32 bytes.</param>
    public static void DeriveMeshPresharedKey(ReadOnlySpan<byte> meshKey, Span<byte> presharedKey) =>
        Derive(meshKey, KeyBytes, "mesh/1 psk"u8, presharedKey);

    /// <summary>The key of a mesh's beacons.</summary>
    /// <param name="meshKey">Exactly 32 bytes.</param>
    /// <param name="beaconKey">Exactly 32 bytes.</param>
    public static void DeriveBeaconKey(ReadOnlySpan<byte> meshKey, Span<byte> beaconKey) =>
        Derive(meshKey, KeyBytes, "mesh/1 beacon"u8, beaconKey);

    /// <summary>The id of an invite: names its secret to the inviter without giving it away.</summary>
    /// <param name="secret">The invite's secret, exactly 16 bytes.</param>
    /// <param name="inviteId">Exactly 8 bytes.</param>
    public static void DeriveInviteId(ReadOnlySpan<byte> secret, Span<byte> inviteId)
    {
        KeySize.Require(secret, InviteSecretBytes, nameof(secret));
        KeySize.Require(inviteId, InviteIdBytes, nameof(inviteId));
        Hash("mesh/1 invite"u8, secret, inviteId);
    }

    /// <summary>The pre-shared key of the one handshake that redeems an invite.</summary>
    /// <param name="secret">The invite's secret, exactly 16 bytes.</param>
    /// <param name="presharedKey">Exactly 32 bytes.</param>
    public static void DeriveInvitePresharedKey(ReadOnlySpan<byte> secret, Span<byte> presharedKey) =>
        Derive(secret, InviteSecretBytes, "mesh/1 invite psk"u8, presharedKey);

    /// <summary>The id of an epoch key: commits to the key, so a frame opens under one key only.</summary>
    /// <param name="epochKey">Exactly 32 bytes.</param>
    /// <param name="keyId">Exactly 16 bytes.</param>
    public static void DeriveEpochKeyId(ReadOnlySpan<byte> epochKey, Span<byte> keyId)
    {
        KeySize.Require(epochKey, KeyBytes, nameof(epochKey));
        KeySize.Require(keyId, EpochKeyIdBytes, nameof(keyId));
        HKDF.DeriveKey(HashAlgorithmName.SHA256, epochKey, keyId, [], "mesh/1 keyid"u8);
    }

    private static void Derive(ReadOnlySpan<byte> secret, int secretBytes, ReadOnlySpan<byte> label, Span<byte> key)
    {
        KeySize.Require(secret, secretBytes, nameof(secret));
        KeySize.Require(key, KeyBytes, nameof(key));
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, [], label);
    }

    private static void Hash(ReadOnlySpan<byte> label, ReadOnlySpan<byte> secret, Span<byte> id)
    {
        Span<byte> input = stackalloc byte[MaxLabelBytes + KeyBytes];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        input = input[..(label.Length + secret.Length)];
        label.CopyTo(input);
        secret.CopyTo(input[label.Length..]);
        SHA256.HashData(input, hash);
        hash[..id.Length].CopyTo(id);
        CryptographicOperations.ZeroMemory(input);
        CryptographicOperations.ZeroMemory(hash);
    }
}
