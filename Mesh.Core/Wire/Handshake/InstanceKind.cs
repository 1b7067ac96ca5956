namespace Mesh.Core.Wire.Handshake;

/// <summary>What kind of process speaks for a node (docs/wire-format.md §4).</summary>
internal enum InstanceKind : byte
{
    /// <summary>The one that holds the state folder, writes the log and sends the beacons.</summary>
    Owner = 0,

    /// <summary>A command beside the owner, without a log or an incarnation.</summary>
    Guest = 1,
}
