using System.Security.Cryptography;
using System.Text;

namespace Mesh.Core.Sealing;

/// <summary>The running hash and keys of a handshake: SymmetricState and its CipherState (Noise §5.1, §5.2).</summary>
internal sealed class NoiseSymmetricState : IDisposable
{
    /// <summary>Size of the handshake hash, in bytes.</summary>
    public const int HashBytes = 32;

    private readonly IPrimitives _primitives;
    private readonly IncrementalHash _hasher = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly SecretBuffer _chainingKey = new(HashBytes);
    private readonly byte[] _hash = new byte[HashBytes];
    private SessionCipher? _cipher;

    /// <summary>Starts with the protocol's name (Noise §5.2, InitializeSymmetric).</summary>
    /// <param name="primitives">The provider of the primitives.</param>
    /// <param name="protocolName">ASCII.</param>
    public NoiseSymmetricState(IPrimitives primitives, string protocolName)
    {
        _primitives = primitives;
        var name = Encoding.ASCII.GetBytes(protocolName);
        if (name.Length <= HashBytes)
        {
            name.CopyTo(_hash, 0);
        }
        else
        {
            SHA256.HashData(name, _hash);
        }

        _hash.CopyTo(_chainingKey.Span);
    }

    /// <summary>The hash of all that was said so far, 32 bytes; changes with the next step.</summary>
    public ReadOnlySpan<byte> Hash => _hash;

    /// <summary>How much longer than its plaintext a part is now, in bytes: 0 before the first key, then 16.</summary>
    public int OverheadBytes => _cipher is null ? 0 : AeadKey.TagBytes;

    /// <summary>Mixes data into the hash.</summary>
    /// <param name="data">Any length.</param>
    public void MixHash(ReadOnlySpan<byte> data)
    {
        _hasher.AppendData(_hash);
        _hasher.AppendData(data);
        _hasher.GetHashAndReset(_hash);
    }

    /// <summary>Mixes a secret into the key.</summary>
    /// <param name="secret">An agreed secret, or an ephemeral public key beside a pre-shared one.</param>
    public void MixKey(ReadOnlySpan<byte> secret)
    {
        Span<byte> output = stackalloc byte[2 * HashBytes];
        Derive(secret, output);
        output[..HashBytes].CopyTo(_chainingKey.Span);
        SetKey(output[HashBytes..]);
        CryptographicOperations.ZeroMemory(output);
    }

    /// <summary>Mixes a pre-shared key into key and hash (Noise §9.2).</summary>
    /// <param name="secret">32 bytes.</param>
    public void MixKeyAndHash(ReadOnlySpan<byte> secret)
    {
        Span<byte> output = stackalloc byte[3 * HashBytes];
        Derive(secret, output);
        output[..HashBytes].CopyTo(_chainingKey.Span);
        MixHash(output.Slice(HashBytes, HashBytes));
        SetKey(output[(2 * HashBytes)..]);
        CryptographicOperations.ZeroMemory(output);
    }

    /// <summary>Encrypts a part, once there is a key, and mixes it into the hash.</summary>
    /// <param name="plaintext">Any length.</param>
    /// <param name="destination">Exactly <see cref="OverheadBytes"/> longer.</param>
    public void EncryptAndHash(ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        if (_cipher is null)
        {
            plaintext.CopyTo(destination);
        }
        else
        {
            _cipher.Seal(plaintext, destination, _hash);
        }

        MixHash(destination);
    }

    /// <summary>Decrypts a part, once there is a key, and mixes it into the hash.</summary>
    /// <param name="part">At least <see cref="OverheadBytes"/>, untrusted.</param>
    /// <param name="destination">Exactly <see cref="OverheadBytes"/> shorter; not the same memory.</param>
    /// <returns><see langword="false"/> when the part was not made so; the handshake is over then.</returns>
    public bool TryDecryptAndHash(ReadOnlySpan<byte> part, Span<byte> destination)
    {
        if (_cipher is null)
        {
            part.CopyTo(destination);
        }
        else if (!_cipher.TryOpen(part, destination, _hash))
        {
            return false;
        }

        MixHash(part);
        return true;
    }

    /// <summary>Derives the keys of the two directions (Noise §5.2, Split).</summary>
    /// <param name="first">The cipher of the initiator's messages; the caller disposes it.</param>
    /// <param name="second">The cipher of the responder's messages; the caller disposes it.</param>
    public void Split(out SessionCipher first, out SessionCipher second)
    {
        Span<byte> output = stackalloc byte[2 * HashBytes];
        Derive([], output);
        first = new SessionCipher(_primitives, output[..HashBytes]);
        second = new SessionCipher(_primitives, output[HashBytes..]);
        CryptographicOperations.ZeroMemory(output);
    }

    /// <summary>Zeroes the keys; the hash, which is no secret, stays.</summary>
    public void Dispose()
    {
        _chainingKey.Dispose();
        _cipher?.Dispose();
        _hasher.Dispose();
    }

    // Noise's HKDF is RFC 5869 with the chaining key as salt and no info. Its first half is spelled out, because
    // HKDF.Extract refuses the empty secret of Split where OpenSSL does the work.
    private void Derive(ReadOnlySpan<byte> secret, Span<byte> output)
    {
        Span<byte> pseudorandomKey = stackalloc byte[HashBytes];
        HMACSHA256.HashData(_chainingKey.Span, secret, pseudorandomKey);
        HKDF.Expand(HashAlgorithmName.SHA256, pseudorandomKey, output, []);
        CryptographicOperations.ZeroMemory(pseudorandomKey);
    }

    private void SetKey(ReadOnlySpan<byte> key)
    {
        _cipher?.Dispose();
        _cipher = new SessionCipher(_primitives, key);
    }
}
