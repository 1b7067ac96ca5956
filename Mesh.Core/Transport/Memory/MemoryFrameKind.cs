namespace Mesh.Core.Transport.Memory;

/// <summary>What travels on a connection of the in-memory network.</summary>
internal enum MemoryFrameKind
{
    /// <summary>The dialling side asks for the connection.</summary>
    Open,

    /// <summary>A message.</summary>
    Message,

    /// <summary>A subscriber asks for a topic.</summary>
    Subscribe,

    /// <summary>A subscriber no longer asks for a topic.</summary>
    Unsubscribe,

    /// <summary>The sending side is gone.</summary>
    Close,
}
