using System.Buffers.Binary;

namespace Mesh.Core.Sealing;

/// <summary>One direction of a session: ChaCha20-Poly1305 with a counted nonce (Noise §5.1, CipherState).</summary>
/// <remarks>
/// The nonce is never sent: message n opens only as the nth. Fails closed: after one message that does not open, or
/// after the last nonce, none opens any more. Used by one thread. Nothing is allocated per message.
/// </remarks>
internal sealed class SessionCipher : IDisposable
{
    /// <summary>How much longer a sealed message is than its plaintext, in bytes.</summary>
    public const int OverheadBytes = AeadKey.TagBytes;

    private const int NonceBytes = 12;
    private const int CounterOffset = 4;

    private readonly AeadKey _key;
    private ulong _counter;
    private bool _isClosed;

    /// <summary>Starts at the first message.</summary>
    /// <param name="primitives">The provider of the primitives.</param>
    /// <param name="key">Exactly 32 bytes, of this direction alone; the caller clears its own.</param>
    public SessionCipher(IPrimitives primitives, ReadOnlySpan<byte> key)
        : this(primitives, key, 0)
    {
    }

    /// <summary>Starts at a later message.</summary>
    /// <param name="primitives">The provider of the primitives.</param>
    /// <param name="key">Exactly 32 bytes.</param>
    /// <param name="counter">The number of the next message.</param>
    internal SessionCipher(IPrimitives primitives, ReadOnlySpan<byte> key, ulong counter)
    {
        _key = primitives.CreateAeadKey(AeadAlgorithm.ChaCha20Poly1305, key);
        _counter = counter;
    }

    /// <summary>Whether a message failed to open, or the nonces are used up: nothing opens any more.</summary>
    public bool IsClosed => _isClosed || _counter == ulong.MaxValue;

    /// <summary>Seals the next message.</summary>
    /// <param name="plaintext">Any length; may start where the destination does.</param>
    /// <param name="destination">At least <see cref="OverheadBytes"/> longer; the rest stays as it is.</param>
    /// <param name="associatedData">Authenticated with it; nothing in a session.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    /// <exception cref="InvalidOperationException">The nonces are used up, after 2^64 - 1 messages.</exception>
    public void Seal(ReadOnlySpan<byte> plaintext, Span<byte> destination, ReadOnlySpan<byte> associatedData = default)
    {
        var length = plaintext.Length + OverheadBytes;
        if (destination.Length < length)
        {
            throw new ArgumentException($"Must have room for {length} bytes.", nameof(destination));
        }

        if (IsClosed)
        {
            throw new InvalidOperationException("The nonces of this session are used up.");
        }

        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce);
        _key.Seal(nonce, associatedData, plaintext, destination[..length]);
        _counter++;
    }

    /// <summary>Opens the next message.</summary>
    /// <param name="ciphertext">Untrusted, any length.</param>
    /// <param name="destination">
    /// At least <see cref="OverheadBytes"/> shorter; may start where the ciphertext does. Undefined after a refusal.
    /// </param>
    /// <param name="associatedData">What the sealer gave.</param>
    /// <returns>
    /// <see langword="false"/> when it is not the next message of the other side, and from then on; the session ends.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public bool TryOpen(
        ReadOnlySpan<byte> ciphertext,
        Span<byte> destination,
        ReadOnlySpan<byte> associatedData = default)
    {
        var length = Math.Max(0, ciphertext.Length - OverheadBytes);
        if (destination.Length < length)
        {
            throw new ArgumentException($"Must have room for {length} bytes.", nameof(destination));
        }

        if (IsClosed)
        {
            return false;
        }

        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce);
        if (!_key.Open(nonce, associatedData, ciphertext, destination[..length]))
        {
            _isClosed = true;
            return false;
        }

        _counter++;
        return true;
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => _key.Dispose();

    // Noise §12.3: 32 zero bits, then the counter in little endian.
    private void WriteNonce(Span<byte> nonce)
    {
        nonce[..CounterOffset].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(nonce[CounterOffset..], _counter);
    }
}
