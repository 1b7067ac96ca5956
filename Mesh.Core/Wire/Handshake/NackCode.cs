namespace Mesh.Core.Wire.Handshake;

/// <summary>Why a responder does not answer an Init (docs/wire-format.md §4).</summary>
internal enum NackCode : byte
{
    /// <summary>No version in common.</summary>
    Version = 1,

    /// <summary>Too many handshakes or sessions.</summary>
    Busy = 2,
}
