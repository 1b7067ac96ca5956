namespace Mesh.Statecharts.Definition;

/// <summary>A chart breaks a static check. The message names the state.</summary>
public sealed class ChartDefinitionException : ArgumentException
{
    /// <summary>Makes an exception without a message.</summary>
    public ChartDefinitionException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">Which check, and which state.</param>
    public ChartDefinitionException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    /// <param name="message">Which check, and which state.</param>
    /// <param name="innerException">The cause.</param>
    public ChartDefinitionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
