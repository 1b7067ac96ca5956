using System.Diagnostics;
using System.Security.Cryptography;

namespace Mesh.Core.Sealing;

/// <summary>A Noise handshake, 25519_ChaChaPoly_SHA256, as a state machine: bytes in, bytes out (Noise §5.3).</summary>
/// <remarks>
/// A message is written and read in two halves, tokens and payload, so that the payload can hold a signature over
/// <see cref="HandshakeHash"/> as it is between them.
/// <code>
///              initiator                                responder
/// message 1    WriteTokens, WritePayload        ---->   ReadTokens, ReadPayload
/// message 2    ReadTokens, ReadPayload          &lt;----   WriteTokens, WritePayload
/// message 3    WriteTokens, WritePayload        ---->   ReadTokens, ReadPayload
///              Split                                    Split
/// </code>
/// The first refusal ends the handshake and zeroes its secrets. Used by one thread; the owner disposes it.
/// </remarks>
internal sealed class NoiseHandshake : IDisposable
{
    /// <summary>How much longer than its payload a message is at most, in bytes: e, encrypted s, and a tag.</summary>
    public const int MaxOverheadBytes = MaxTokenBytes + AeadKey.TagBytes;

    /// <summary>The most bytes that the tokens of a message take: e and an encrypted s.</summary>
    public const int MaxTokenBytes = (2 * AgreementKey.PublicKeyBytes) + AeadKey.TagBytes;

    /// <summary>Longest message, in bytes (Noise §3).</summary>
    public const int MaxMessageBytes = 65_535;

    /// <summary>Size of a pre-shared key, in bytes.</summary>
    public const int PresharedKeyBytes = 32;

    private readonly IPrimitives _primitives;
    private readonly NoisePattern _pattern;
    private readonly bool _isInitiator;
    private readonly AgreementKey _static;
    private readonly SecretBuffer? _presharedKeys;
    private readonly NoiseSymmetricState _state;
    private readonly byte[] _remoteStatic = new byte[AgreementKey.PublicKeyBytes];
    private readonly byte[] _remoteEphemeral = new byte[AgreementKey.PublicKeyBytes];
    private AgreementKey? _ephemeral;
    private int _messageIndex;
    private int _presharedKeyIndex;
    private bool _areTokensDone;
    private bool _hasRemoteStatic;
    private bool _isOver;

    /// <summary>Begins a handshake.</summary>
    /// <param name="primitives">The provider of the primitives, and of randomness for the ephemeral key.</param>
    /// <param name="parameters">What this side brings.</param>
    /// <exception cref="ArgumentException">The pre-shared key is not as long as the pattern demands.</exception>
    public NoiseHandshake(IPrimitives primitives, NoiseParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(primitives);
        ArgumentNullException.ThrowIfNull(parameters);
        _primitives = primitives;
        _pattern = parameters.Pattern;
        _isInitiator = parameters.IsInitiator;
        _static = parameters.StaticKey;

        var presharedKeys = parameters.PresharedKey.Span;
        KeySize.Require(presharedKeys, _pattern.PresharedKeyCount * PresharedKeyBytes, nameof(parameters));
        _presharedKeys = presharedKeys.IsEmpty ? null : new SecretBuffer(presharedKeys);

        _state = new NoiseSymmetricState(primitives, _pattern.ProtocolName);
        _state.MixHash(parameters.Prologue.Span);
    }

    /// <summary>The hash of all that was said so far, 32 bytes; changes with the next step.</summary>
    /// <remarks>After the last message the same on both sides and of no other session: for channel binding.</remarks>
    public ReadOnlySpan<byte> HandshakeHash => _state.Hash;

    /// <summary>The peer's static public key, 32 bytes; empty until its message with s was read.</summary>
    public ReadOnlySpan<byte> RemoteStaticKey => _hasRemoteStatic ? _remoteStatic : [];

    /// <summary>Whether the last message is done, so that <see cref="Split"/> may be called.</summary>
    public bool IsComplete => !_isOver && _messageIndex == _pattern.MessageCount;

    private bool IsMyTurn => !_isOver && !IsComplete && (_messageIndex % 2 == 0) == _isInitiator;

    private bool IsPeersTurn => !_isOver && !IsComplete && !IsMyTurn;

    private ReadOnlySpan<NoiseToken> Tokens => _pattern.TokensOf(_messageIndex);

    /// <summary>Writes a whole message.</summary>
    /// <param name="payload">What it carries; any length that fits.</param>
    /// <param name="destination">At least <see cref="MaxOverheadBytes"/> longer.</param>
    /// <param name="written">How many bytes the message has; 0 after a refusal.</param>
    /// <returns><see cref="NoiseResult.Done"/>, or <see cref="NoiseResult.WeakKey"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    /// <exception cref="InvalidOperationException">It is not this side's turn.</exception>
    public NoiseResult WriteMessage(ReadOnlySpan<byte> payload, Span<byte> destination, out int written)
    {
        var result = WriteTokens(destination, out written);
        if (result == NoiseResult.Done)
        {
            written += WritePayload(payload, destination[written..]);
        }

        return result;
    }

    /// <summary>Writes the first half of a message: the keys.</summary>
    /// <param name="destination">At least <see cref="MaxTokenBytes"/>.</param>
    /// <param name="written">How many bytes the tokens have; the payload follows them. 0 after a refusal.</param>
    /// <returns><see cref="NoiseResult.Done"/>, or <see cref="NoiseResult.WeakKey"/> for a peer's key.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    /// <exception cref="InvalidOperationException">It is not this side's turn, or the tokens are written.</exception>
    public NoiseResult WriteTokens(Span<byte> destination, out int written)
    {
        RequireTurn(IsMyTurn && !_areTokensDone);
        if (destination.Length < MaxTokenBytes)
        {
            throw new ArgumentException($"Must have room for {MaxTokenBytes} bytes.", nameof(destination));
        }

        written = 0;
        foreach (var token in Tokens)
        {
            switch (token)
            {
                case NoiseToken.Ephemeral:
                    CreateEphemeral();
                    _ephemeral!.PublicKey.CopyTo(destination[written..]);
                    written += AgreementKey.PublicKeyBytes;
                    MixEphemeral(_ephemeral.PublicKey);
                    break;
                case NoiseToken.Static:
                    var length = AgreementKey.PublicKeyBytes + _state.OverheadBytes;
                    _state.EncryptAndHash(_static.PublicKey, destination.Slice(written, length));
                    written += length;
                    break;
                default:
                    if (!TryMix(token))
                    {
                        written = 0;
                        return End(NoiseResult.WeakKey);
                    }

                    break;
            }
        }

        _areTokensDone = true;
        return NoiseResult.Done;
    }

    /// <summary>Writes the second half of a message and ends it.</summary>
    /// <param name="payload">Any length that fits; encrypted once there is a key.</param>
    /// <param name="destination">At least 16 bytes longer.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short, or it is too long.</exception>
    /// <exception cref="InvalidOperationException">The tokens are not written.</exception>
    public int WritePayload(ReadOnlySpan<byte> payload, Span<byte> destination)
    {
        RequireTurn(IsMyTurn && _areTokensDone);
        var length = payload.Length + _state.OverheadBytes;
        if (destination.Length < length || length > MaxMessageBytes - MaxTokenBytes)
        {
            throw new ArgumentException($"Must have room for {length} bytes of a message.", nameof(destination));
        }

        _state.EncryptAndHash(payload, destination[..length]);
        EndMessage();
        return length;
    }

    /// <summary>Reads a whole message.</summary>
    /// <param name="message">Untrusted, any length.</param>
    /// <param name="payload">As long as the message, to be safe; not the same memory.</param>
    /// <param name="written">How many bytes the payload has; 0 after a refusal.</param>
    /// <returns><see cref="NoiseResult.Done"/>, or why the handshake is over.</returns>
    public NoiseResult ReadMessage(ReadOnlySpan<byte> message, Span<byte> payload, out int written)
    {
        written = 0;
        var result = ReadTokens(message, out var read);
        return result == NoiseResult.Done ? ReadPayload(message[read..], payload, out written) : result;
    }

    /// <summary>Reads the first half of a message: the keys.</summary>
    /// <param name="message">The whole message, untrusted, any length.</param>
    /// <param name="read">How many bytes the tokens have; the payload follows them. 0 after a refusal.</param>
    /// <returns><see cref="NoiseResult.Done"/>, or why the handshake is over.</returns>
    public NoiseResult ReadTokens(ReadOnlySpan<byte> message, out int read)
    {
        read = 0;
        if (!IsPeersTurn || _areTokensDone)
        {
            return End(NoiseResult.OutOfTurn);
        }

        if (message.Length > MaxMessageBytes)
        {
            return End(NoiseResult.TooLong);
        }

        var rest = message;
        foreach (var token in Tokens)
        {
            var result = ReadToken(token, ref rest);
            if (result != NoiseResult.Done)
            {
                return End(result);
            }
        }

        read = message.Length - rest.Length;
        _areTokensDone = true;
        return NoiseResult.Done;
    }

    /// <summary>Reads the second half of a message and ends it.</summary>
    /// <param name="sealedPayload">What follows the tokens, untrusted.</param>
    /// <param name="payload">As long as that, to be safe; not the same memory.</param>
    /// <param name="written">How many bytes the payload has; 0 after a refusal.</param>
    /// <returns><see cref="NoiseResult.Done"/>, or why the handshake is over.</returns>
    /// <exception cref="ArgumentException"><paramref name="payload"/> is too short.</exception>
    public NoiseResult ReadPayload(ReadOnlySpan<byte> sealedPayload, Span<byte> payload, out int written)
    {
        written = 0;
        if (!IsPeersTurn || !_areTokensDone)
        {
            return End(NoiseResult.OutOfTurn);
        }

        var length = sealedPayload.Length - _state.OverheadBytes;
        if (length < 0)
        {
            return End(NoiseResult.Truncated);
        }

        if (payload.Length < length)
        {
            throw new ArgumentException($"Must have room for {length} bytes.", nameof(payload));
        }

        if (!_state.TryDecryptAndHash(sealedPayload, payload[..length]))
        {
            return End(NoiseResult.Forged);
        }

        EndMessage();
        written = length;
        return NoiseResult.Done;
    }

    /// <summary>Derives the ciphers of the session and ends the handshake; the hash and the peer's key stay.</summary>
    /// <param name="sending">Seals what this side sends; the caller disposes it.</param>
    /// <param name="receiving">Opens what the peer sends; the caller disposes it.</param>
    /// <exception cref="InvalidOperationException">The handshake is not complete, or was split before.</exception>
    public void Split(out SessionCipher sending, out SessionCipher receiving)
    {
        RequireTurn(IsComplete);
        _state.Split(out var first, out var second);
        (sending, receiving) = _isInitiator ? (first, second) : (second, first);
        Dispose();
    }

    /// <summary>Zeroes the secrets of the handshake.</summary>
    public void Dispose()
    {
        _isOver = true;
        _ephemeral?.Dispose();
        _presharedKeys?.Dispose();
        _state.Dispose();
    }

    private static void RequireTurn(bool isTurn)
    {
        if (!isTurn)
        {
            throw new InvalidOperationException("This step is not the next one of the handshake.");
        }
    }

    private NoiseResult ReadToken(NoiseToken token, ref ReadOnlySpan<byte> rest)
    {
        if (token is not (NoiseToken.Ephemeral or NoiseToken.Static))
        {
            return TryMix(token) ? NoiseResult.Done : NoiseResult.WeakKey;
        }

        var overhead = token == NoiseToken.Static ? _state.OverheadBytes : 0;
        var length = AgreementKey.PublicKeyBytes + overhead;
        if (rest.Length < length)
        {
            return NoiseResult.Truncated;
        }

        var part = rest[..length];
        rest = rest[length..];
        if (token == NoiseToken.Ephemeral)
        {
            part.CopyTo(_remoteEphemeral);
            MixEphemeral(part);
            return NoiseResult.Done;
        }

        _hasRemoteStatic = _state.TryDecryptAndHash(part, _remoteStatic);
        return _hasRemoteStatic ? NoiseResult.Done : NoiseResult.Forged;
    }

    private void CreateEphemeral()
    {
        Span<byte> secret = stackalloc byte[AgreementKey.SecretBytes];
        _primitives.Fill(secret);
        _ephemeral = _primitives.CreateAgreementKey(secret);
        CryptographicOperations.ZeroMemory(secret);
    }

    // Noise §9.2: beside a pre-shared key the ephemeral one is mixed into the key as well, so that no two handshakes
    // encrypt with the same key.
    private void MixEphemeral(ReadOnlySpan<byte> publicKey)
    {
        _state.MixHash(publicKey);
        if (_pattern.PresharedKeyCount > 0)
        {
            _state.MixKey(publicKey);
        }
    }

    private bool TryMix(NoiseToken token)
    {
        switch (token)
        {
            case NoiseToken.PresharedKey:
                var start = PresharedKeyBytes * _presharedKeyIndex++;
                _state.MixKeyAndHash(_presharedKeys!.Span.Slice(start, PresharedKeyBytes));
                return true;
            case NoiseToken.EphemeralEphemeral:
                return TryAgree(_ephemeral!, _remoteEphemeral);
            case NoiseToken.EphemeralStatic:
                return _isInitiator ? TryAgree(_ephemeral!, _remoteStatic) : TryAgree(_static, _remoteEphemeral);
            case NoiseToken.StaticEphemeral:
                return _isInitiator ? TryAgree(_static, _remoteEphemeral) : TryAgree(_ephemeral!, _remoteStatic);
            case NoiseToken.StaticStatic:
                return TryAgree(_static, _remoteStatic);
            default:
                throw new UnreachableException();
        }
    }

    private bool TryAgree(AgreementKey own, ReadOnlySpan<byte> remote)
    {
        Span<byte> shared = stackalloc byte[AgreementKey.SharedBytes];
        var isAgreed = own.TryAgree(remote, shared);
        if (isAgreed)
        {
            _state.MixKey(shared);
        }

        CryptographicOperations.ZeroMemory(shared);
        return isAgreed;
    }

    private void EndMessage()
    {
        _messageIndex++;
        _areTokensDone = false;
    }

    private NoiseResult End(NoiseResult result)
    {
        Dispose();
        return result;
    }
}
