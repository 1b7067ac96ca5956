namespace Mesh.Core.Discovery;

/// <summary>What became of a datagram on the beacon port. Everything but <see cref="Seen"/> changes nothing.</summary>
internal enum BeaconResult
{
    /// <summary>A node was seen; its row is up to date.</summary>
    Seen,

    /// <summary>Too many datagrams from this source, or in all.</summary>
    RateLimited,

    /// <summary>Not a beacon of this version.</summary>
    Foreign,

    /// <summary>Does not open under a key of this mesh.</summary>
    Sealed,

    /// <summary>Opens, and is not a beacon's body.</summary>
    Malformed,

    /// <summary>This node's own.</summary>
    Own,

    /// <summary>Not newer than what is known of the node.</summary>
    Stale,

    /// <summary>The signature or the keys do not fit.</summary>
    Forged,

    /// <summary>No room for another node.</summary>
    Full,
}
