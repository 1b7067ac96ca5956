namespace Mesh.Core.Wire;

/// <summary>The fixed sizes of the wire, in bytes (docs/wire-format.md §1).</summary>
internal static class WireSizes
{
    public const int NodeIdBytes = 20;
    public const int KeyBytes = 32;
    public const int HashBytes = 32;
    public const int SignatureBytes = 64;
    public const int InstanceBytes = 16;
    public const int TopicBytes = 16;
    public const int InviteIdBytes = 8;
}
