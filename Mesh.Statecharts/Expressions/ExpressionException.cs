namespace Mesh.Statecharts.Expressions;

/// <summary>A text is no expression of the language. The message says what was found and what would be right.</summary>
public sealed class ExpressionException : FormatException
{
    /// <summary>Makes an exception without a message.</summary>
    public ExpressionException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong.</param>
    public ExpressionException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public ExpressionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal ExpressionException(string message, int offset)
        : base(message) => Offset = offset;

    /// <summary>Where in the text, in characters from its beginning.</summary>
    public int Offset { get; }
}
