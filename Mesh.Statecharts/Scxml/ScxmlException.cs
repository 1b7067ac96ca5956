namespace Mesh.Statecharts.Scxml;

/// <summary>A file is no chart: not XML, outside of what is supported, or wrong in itself.</summary>
public sealed class ScxmlException : FormatException
{
    /// <summary>Makes an exception without a message.</summary>
    public ScxmlException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong, in one line.</param>
    public ScxmlException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    /// <param name="message">What is wrong, in one line.</param>
    /// <param name="innerException">The cause.</param>
    public ScxmlException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception with its place.</summary>
    /// <param name="message">What is wrong, in one line.</param>
    /// <param name="position">Where.</param>
    public ScxmlException(string message, TextPosition position)
        : base(message) => Position = position;

    /// <summary>Where in the file.</summary>
    public TextPosition Position { get; } = TextPosition.Start;
}
