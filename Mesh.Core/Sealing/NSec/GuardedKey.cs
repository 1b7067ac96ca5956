using NSec.Cryptography;

namespace Mesh.Core.Sealing.NSec;

/// <summary>A secret key of NSec, in guarded memory as long as there is room for another one.</summary>
/// <remarks>
/// NSec keeps every key in guarded pages of its own, which cost a process four memory mappings each; a Linux process
/// has 65,530 of them, and running out ends it. So guarded keys are counted: one beyond
/// <see cref="MaxGuardedCount"/> stays in a pinned buffer instead and is guarded only while it is used, which is
/// slower (about 30 µs a use) and never fails.
/// </remarks>
internal sealed class GuardedKey : IDisposable
{
    /// <summary>How many keys of a process are guarded all their life.</summary>
    public const int MaxGuardedCount = 8192;

    private static int _guardedCount;

    private readonly Algorithm _algorithm;
    private readonly KeyBlobFormat _format;
    private readonly Key? _guarded;
    private readonly SecretBuffer? _plain;
    private int _isDisposed;

    /// <summary>Takes a key.</summary>
    /// <param name="algorithm">What it is for.</param>
    /// <param name="secret">Exactly 32 bytes; copied, the caller clears its own.</param>
    /// <param name="format">Raw private or symmetric.</param>
    public GuardedKey(Algorithm algorithm, ReadOnlySpan<byte> secret, KeyBlobFormat format)
    {
        _algorithm = algorithm;
        _format = format;
        if (Interlocked.Increment(ref _guardedCount) <= MaxGuardedCount)
        {
            _guarded = ImportOrGiveBack(secret);
        }
        else
        {
            _ = Interlocked.Decrement(ref _guardedCount);
            _plain = new SecretBuffer(secret);
        }
    }

    /// <summary>Counts a key that nobody disposed, whose memory NSec frees by itself.</summary>
    ~GuardedKey() => Dispose();

    /// <summary>How many guarded keys live in this process now.</summary>
    public static int GuardedCount => Volatile.Read(ref _guardedCount);

    /// <summary>Whether this key is guarded all its life.</summary>
    public bool IsGuarded => _guarded is not null;

    /// <summary>Lends the key for one use.</summary>
    /// <returns>The loan; the caller disposes it at once.</returns>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public Loan Lend()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        return _guarded is not null ? new Loan(_guarded, false) : new Loan(Import(_plain!.Span), true);
    }

    /// <summary>Erases the key. A second call does nothing.</summary>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _plain?.Dispose();
        if (_guarded is not null)
        {
            _guarded.Dispose();
            _ = Interlocked.Decrement(ref _guardedCount);
        }
    }

    private Key Import(ReadOnlySpan<byte> secret) => Key.Import(_algorithm, secret, _format);

    private Key ImportOrGiveBack(ReadOnlySpan<byte> secret)
    {
        try
        {
            return Import(secret);
        }
        catch
        {
            _ = Interlocked.Decrement(ref _guardedCount);
            throw;
        }
    }

    /// <summary>A key for the length of one call.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isOwn">Whether it was made for this loan.</param>
    internal readonly ref struct Loan(Key key, bool isOwn)
    {
        /// <summary>The key, valid until the loan ends.</summary>
        public Key Key => key;

        /// <summary>Ends the loan.</summary>
        public void Dispose()
        {
            if (isOwn)
            {
                key.Dispose();
            }
        }
    }
}
