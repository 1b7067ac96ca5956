using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Mesh.Tests.Support;

/// <summary>Prints what a node logs into the output of the test, marked with the node's name.</summary>
internal sealed class TestLoggerFactory(string name) : ILoggerFactory, ILogger
{
    private readonly Action<string> _write = TestContext.Out.WriteLine;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        _write($"{name}: {logLevel} {eventId.Id} {formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
