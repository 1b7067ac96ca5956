namespace Mesh.Core.Sessions;

/// <summary>What a node believes about a peer.</summary>
internal enum Presence
{
    /// <summary>No session since this node started.</summary>
    Unknown,

    /// <summary>A session is open and was heard of lately.</summary>
    Alive,

    /// <summary>A session is open and has been silent for longer than it may.</summary>
    Suspect,

    /// <summary>The last session ended without a word.</summary>
    Lost,

    /// <summary>The peer said goodbye.</summary>
    Left,
}
