namespace Mesh.Core.Trust;

/// <summary>How a peer stands. The values are kept on disk.</summary>
internal enum TrustState
{
    /// <summary>It has proved its id and waits for a decision; kept in memory only.</summary>
    Pending = 0,

    /// <summary>It may do what its rights say.</summary>
    Accepted = 1,

    /// <summary>A person said no.</summary>
    Rejected = 2,

    /// <summary>A person took an acceptance back; the keys changed.</summary>
    Revoked = 3,
}
