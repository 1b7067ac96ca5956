using Mesh.Node.Output;
using Microsoft.Extensions.Logging;

namespace Mesh.Node.Hosting;

/// <summary>Writes log entries as notes: <c>pi joined</c>, <c>warning: the disk is full</c>.</summary>
/// <param name="output">Where to; it escapes what peers call themselves.</param>
/// <param name="minimum">The least level that is told.</param>
internal sealed class NoteLogger(CommandOutput output, LogLevel minimum) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum && logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var cause = exception is null ? "" : $": {exception.GetType().Name}: {exception.Message}";
        Tell(logLevel, $"{Prefix(logLevel)}{formatter(state, exception)}{cause}");
    }

    private static string Prefix(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace: ",
        LogLevel.Debug => "debug: ",
        LogLevel.Information => "",
        LogLevel.Warning => "warning: ",
        _ => "error: ",
    };

    private void Tell(LogLevel level, string line)
    {
        try
        {
            if (level >= LogLevel.Error)
            {
                output.Warn(line);
            }
            else
            {
                output.Note(line);
            }
        }
        catch (OutputClosedException)
        {
            // The reader of the data has gone; the command itself will notice and end. A log entry must not throw.
        }
    }
}
