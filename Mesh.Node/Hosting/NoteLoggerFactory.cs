using Mesh.Node.Output;
using Microsoft.Extensions.Logging;

namespace Mesh.Node.Hosting;

/// <summary>Lets the node's log entries go to standard error, a line each.</summary>
/// <param name="output">Where to.</param>
/// <param name="minimum">The least level that is told.</param>
internal sealed class NoteLoggerFactory(CommandOutput output, LogLevel minimum) : ILoggerFactory
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new NoteLogger(output, minimum);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("Log entries go to standard error alone.");

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }
}
