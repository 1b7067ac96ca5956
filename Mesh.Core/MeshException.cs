namespace Mesh.Core;

/// <summary>The machine, the user's setup or another node is in the way, and a caller can act on it.</summary>
/// <remarks>The message names the file, address or node id, never a secret.</remarks>
public sealed class MeshException : Exception
{
    /// <summary>Reports an obstacle.</summary>
    /// <param name="failure">Its kind.</param>
    /// <param name="message">One line: what is wrong and what to do.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public MeshException(MeshFailure failure, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Failure = failure;
    }

    /// <summary>Reports a setup that cannot be used.</summary>
    /// <param name="message">One line: what is wrong and what to do.</param>
    public MeshException(string message)
        : this(MeshFailure.Setup, message)
    {
    }

    /// <summary>Reports a setup that cannot be used.</summary>
    /// <param name="message">One line: what is wrong and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public MeshException(string message, Exception innerException)
        : this(MeshFailure.Setup, message, innerException)
    {
    }

    /// <summary>Reports a setup that cannot be used.</summary>
    public MeshException()
        : this("The mesh cannot be used as it is set up.")
    {
    }

    /// <summary>The kind of obstacle.</summary>
    public MeshFailure Failure { get; }
}
