namespace Mesh.Core.Sealing;

/// <summary>What a side brings to a handshake.</summary>
internal sealed class NoiseParameters
{
    /// <summary>Whether this side sends the first message.</summary>
    public required bool IsInitiator { get; init; }

    /// <summary>This side's static key. Stays the caller's; must outlive the handshake.</summary>
    public required AgreementKey StaticKey { get; init; }

    /// <summary>
    /// The pre-shared key, 32 bytes (or as many times 32 bytes as the pattern mixes in). Copied; the caller clears its
    /// own.
    /// </summary>
    public ReadOnlyMemory<byte> PresharedKey { get; init; }

    /// <summary>What both sides must have seen alike, any length; bound by the first hash. Default: nothing.</summary>
    public ReadOnlyMemory<byte> Prologue { get; init; }

    /// <summary>The pattern. Default: <see cref="NoisePattern.XXpsk0"/>.</summary>
    public NoisePattern Pattern { get; init; } = NoisePattern.XXpsk0;
}
