using Mesh.Core.Wire.MessagePack;

namespace Mesh.Tests.Core.Wire;

/// <summary>One codec, as the contract of all codecs sees it.</summary>
/// <param name="name">Names the codec in the test list.</param>
/// <param name="make">Writes a random value; everything that the codec can express should come up.</param>
/// <param name="rewrite">Reads bytes and writes what it read; false when the bytes were refused.</param>
internal sealed class CodecCase(string name, CodecCase.Maker make, CodecCase.Rewriter rewrite)
{
    private const int BufferBytes = 128 * 1024;

    private readonly byte[] _buffer = new byte[BufferBytes];

    internal delegate void Maker(ref MessageWriter writer, Random random);

    internal delegate bool Rewriter(ReadOnlySpan<byte> source, ref MessageWriter writer);

    public string Name => name;

    /// <summary>How much reading may allocate for any input, in bytes.</summary>
    public long MaxAllocatedBytes { get; init; } = 2_048;

    /// <summary>The bytes of a random value. No codec case serves two threads at once.</summary>
    public byte[] Make(Random random)
    {
        var writer = new MessageWriter(_buffer);
        make(ref writer, random);
        return writer.HasOverflowed
            ? throw new InvalidOperationException("The value does not fit the buffer of the test.")
            : writer.Written.ToArray();
    }

    /// <summary>What was read from the bytes, written anew; null when they were refused.</summary>
    public byte[]? Rewrite(byte[] source)
    {
        var writer = new MessageWriter(_buffer);
        return rewrite(source, ref writer) ? writer.Written.ToArray() : null;
    }

    /// <summary>Reads the bytes without allocating on its own account.</summary>
    public bool TryRead(byte[] source)
    {
        var writer = new MessageWriter(_buffer);
        return rewrite(source, ref writer);
    }
}
