using System.Security.Cryptography;

namespace Mesh.Core.Sealing;

/// <summary>Secret bytes that stay at one place in memory and are zeroed when disposed.</summary>
/// <remarks>
/// Pinned, so the collector leaves no copies behind. Not guarded pages: those cost four memory mappings a key, and a
/// process with ten thousand keys would run out of mappings.
/// </remarks>
internal sealed class SecretBuffer : IDisposable
{
    private readonly byte[] _bytes;
    private bool _isDisposed;

    /// <summary>Makes a buffer of zeros.</summary>
    /// <param name="sizeBytes">How many bytes, at least 1.</param>
    public SecretBuffer(int sizeBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sizeBytes);
        _bytes = GC.AllocateArray<byte>(sizeBytes, pinned: true);
    }

    /// <summary>Makes a buffer that holds a copy.</summary>
    /// <param name="content">At least 1 byte; the caller clears its own.</param>
    public SecretBuffer(ReadOnlySpan<byte> content)
        : this(content.Length) => content.CopyTo(_bytes);

    /// <summary>The bytes; not to be kept beyond the disposal.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _bytes;
        }
    }

    /// <summary>Zeroes the bytes. A second call does nothing.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        CryptographicOperations.ZeroMemory(_bytes);
    }

    /// <summary>Says the size and nothing of the content.</summary>
    /// <returns>A text for a debugger.</returns>
    public override string ToString() => $"{_bytes.Length} secret bytes";
}
