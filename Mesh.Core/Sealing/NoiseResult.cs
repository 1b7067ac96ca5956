namespace Mesh.Core.Sealing;

/// <summary>How a step of a handshake ended; all but <see cref="Done"/> end the handshake.</summary>
internal enum NoiseResult
{
    /// <summary>The step is done.</summary>
    Done,

    /// <summary>The message is shorter than its tokens and its tag.</summary>
    Truncated,

    /// <summary>The message is longer than 65,535 bytes.</summary>
    TooLong,

    /// <summary>A part does not open: another pre-shared key, another prologue, or a changed message.</summary>
    Forged,

    /// <summary>The peer's key is of small order: the agreement is all zero.</summary>
    WeakKey,

    /// <summary>A message when it was not the peer's turn, or after the end.</summary>
    OutOfTurn,
}
