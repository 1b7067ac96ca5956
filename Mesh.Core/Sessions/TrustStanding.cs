namespace Mesh.Core.Sessions;

/// <summary>How a node stands here when it comes to the door.</summary>
internal enum TrustStanding
{
    /// <summary>Nobody has decided.</summary>
    Pending,

    /// <summary>It may come in.</summary>
    Accepted,

    /// <summary>A person said no.</summary>
    Rejected,

    /// <summary>A person took an acceptance back.</summary>
    Revoked,
}
