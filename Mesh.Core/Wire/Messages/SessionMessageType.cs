namespace Mesh.Core.Wire.Messages;

/// <summary>The first element of a session message (docs/wire-format.md §5).</summary>
internal enum SessionMessageType : byte
{
    Welcome = 0x01,
    Refuse = 0x02,
    Ping = 0x03,
    Pong = 0x04,
    Bye = 0x05,
    Error = 0x06,
    Credit = 0x07,
    Rights = 0x08,
    Attach = 0x10,
    Lanes = 0x11,
    Grant = 0x12,
    Keys = 0x13,
    Fetch = 0x14,
    Frame = 0x15,
    Fetched = 0x16,
    Snapshot = 0x17,
    Definition = 0x18,
    Chunk = 0x19,
    Detach = 0x1A,
}
