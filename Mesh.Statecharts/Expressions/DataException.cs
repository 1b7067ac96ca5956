namespace Mesh.Statecharts.Expressions;

/// <summary>An expression cannot be evaluated or a value not be assigned: SCXML's <c>error.execution</c>.</summary>
public sealed class DataException : Exception
{
    /// <summary>Makes an exception without a message.</summary>
    public DataException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong, in the words of the expression.</param>
    public DataException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    /// <param name="message">What is wrong, in the words of the expression.</param>
    /// <param name="innerException">The cause.</param>
    public DataException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
