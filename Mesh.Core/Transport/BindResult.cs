namespace Mesh.Core.Transport;

/// <summary>What became of an attempt to bind.</summary>
public enum BindResult
{
    /// <summary>The socket listens.</summary>
    Bound,

    /// <summary>Another socket, of this process or another, has the port.</summary>
    AddressInUse,

    /// <summary>No interface of this machine has the address, or its family is switched off.</summary>
    AddressNotAvailable,

    /// <summary>The operating system does not let this user bind the port.</summary>
    Denied,
}
