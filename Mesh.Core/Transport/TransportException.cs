namespace Mesh.Core.Transport;

/// <summary>
/// The machine cannot give what a transport needs: its library is not installed, or sockets, file descriptors or
/// memory ran out. Never thrown for anything that a peer sent.
/// </summary>
public sealed class TransportException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What failed, where, and what a person can do about it.</param>
    public TransportException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    /// <param name="message">What failed, where, and what a person can do about it.</param>
    /// <param name="innerException">The cause.</param>
    public TransportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
