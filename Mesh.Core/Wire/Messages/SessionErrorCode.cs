namespace Mesh.Core.Wire.Messages;

/// <summary>Why a request inside a session was not answered (docs/wire-format.md §5).</summary>
internal enum SessionErrorCode : byte
{
    UnknownType = 1,
    NoRight = 2,
    UnknownLane = 3,
    NotHeld = 4,
    Limit = 5,
    Malformed = 6,
}
