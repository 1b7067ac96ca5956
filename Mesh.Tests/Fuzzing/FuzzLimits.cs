namespace Mesh.Tests.Fuzzing;

/// <summary>What one input may cost.</summary>
internal static class FuzzLimits
{
    /// <summary>What may be allocated for each byte of the input, in bytes.</summary>
    public const int BytesPerInputByte = 2;

    /// <summary>The same for what the view of a peer's charts keeps.</summary>
    /// <remarks>
    /// It cannot be 2. Whoever looks at a chart or is told of one gets an object that holds its address, its state, its
    /// names and the hash of its definition: 250 bytes with its place in a table, for 39 bytes of a frame. A step of 9
    /// bytes is kept in 90, because any of the last 512 may be asked for. Both are bounded: 65,536 charts of a peer, 64
    /// MiB for their steps and names; and one frame has at most 60,000 bytes.
    /// </remarks>
    public const int BytesPerViewByte = 16;

    /// <summary>What may be allocated beside that, in bytes.</summary>
    public const int FixedBytes = 64 * 1024;

    /// <summary>How long an input may take.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromMilliseconds(10);
}
