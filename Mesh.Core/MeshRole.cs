namespace Mesh.Core;

/// <summary>What a process is to the state folder that it uses.</summary>
public enum MeshRole
{
    /// <summary>The one process that holds the folder: it writes, listens, sends beacons and publishes.</summary>
    Owner,

    /// <summary>A process with the same identity that only watches and asks.</summary>
    Guest,
}
