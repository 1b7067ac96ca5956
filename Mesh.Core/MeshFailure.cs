namespace Mesh.Core;

/// <summary>What kind of obstacle a <see cref="MeshException"/> reports, so that a program can act on it.</summary>
public enum MeshFailure
{
    /// <summary>A file, folder or setting is not usable as it is.</summary>
    Setup,

    /// <summary>An address or port cannot be bound or reached.</summary>
    Address,

    /// <summary>Another process owns the state folder.</summary>
    Owned,

    /// <summary>No running owner answered on the local socket.</summary>
    NoOwner,

    /// <summary>No peer, chart or code of that name.</summary>
    NotFound,

    /// <summary>Refused by trust or by a missing right; repeating it does not help.</summary>
    NotTrusted,

    /// <summary>The awaited thing did not happen in time.</summary>
    Timeout,

    /// <summary>The other side speaks no common version of the protocol.</summary>
    Version,
}
