using NSec.Cryptography;

namespace Mesh.Core.Sealing.NSec;

/// <summary>The public keys that a thread verified with last, as NSec's objects.</summary>
/// <remarks>
/// NSec verifies with an object for the key, and a reader verifies each frame with the same few keys: keeping them
/// saves an allocation a frame. Public keys are no secret, and the room is fixed whatever strangers send.
/// </remarks>
internal sealed class VerificationKeys
{
    private const int Slots = 64;

    [ThreadStatic]
    private static VerificationKeys? _ofThread;

    private readonly byte[][] _bytes = new byte[Slots][];
    private readonly PublicKey?[] _keys = new PublicKey?[Slots];

    private VerificationKeys()
    {
    }

    /// <summary>Finds or makes the object of an Ed25519 key.</summary>
    /// <param name="publicKey">Exactly 32 bytes, untrusted.</param>
    /// <returns>The key, or <see langword="null"/> where NSec takes it for none.</returns>
    public static PublicKey? Find(ReadOnlySpan<byte> publicKey)
    {
        var keys = _ofThread ??= new VerificationKeys();

        // Keys are as good as random, so their first byte spreads them; two that share a slot cost an object a change.
        var slot = publicKey[0] % Slots;
        if (keys._keys[slot] is null || !publicKey.SequenceEqual(keys._bytes[slot]))
        {
            keys._bytes[slot] = publicKey.ToArray();
            _ = PublicKey.TryImport(
                SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out keys._keys[slot]);
        }

        return keys._keys[slot];
    }
}
