namespace Mesh.Tests.Fuzzing;

/// <summary>What one input may cost.</summary>
internal static class FuzzLimits
{
    /// <summary>What may be allocated for each byte of the input, in bytes.</summary>
    public const int BytesPerInputByte = 2;

    /// <summary>What may be allocated beside that, in bytes.</summary>
    public const int FixedBytes = 64 * 1024;

    /// <summary>How long an input may take.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromMilliseconds(10);
}
