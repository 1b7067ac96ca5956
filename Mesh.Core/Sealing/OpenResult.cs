namespace Mesh.Core.Sealing;

/// <summary>What became of a frame: opened, or the first check that it failed.</summary>
internal enum OpenResult
{
    /// <summary>The frame is its publisher's, and its plaintext is there.</summary>
    Opened,

    /// <summary>More than 60,000 bytes.</summary>
    TooLarge,

    /// <summary>Not an array of a header, a ciphertext and a signature in their shortest forms.</summary>
    Malformed,

    /// <summary>The header is of another format, or a number in it outside its range.</summary>
    BadHeader,

    /// <summary>The frame is sealed under another key than the one at hand.</summary>
    WrongKey,

    /// <summary>Header or ciphertext were not made by a holder of the epoch key.</summary>
    Forged,

    /// <summary>Made by a holder of the epoch key who is not the publisher.</summary>
    BadSignature,
}
