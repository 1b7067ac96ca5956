namespace Mesh.Core.Wire.Handshake;

/// <summary>The first element of a message outside the sealed session (docs/wire-format.md §4).</summary>
internal enum PreSessionMessageType : byte
{
    Init = 0x10,
    Resp = 0x11,
    Fin = 0x12,
    Nack = 0x13,
    Sealed = 0x20,
}
