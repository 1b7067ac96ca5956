using System.Text;
using Mesh.Node.Hosting;
using Mesh.Node.Output;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Mesh.Tests.Node.Hosting;

/// <summary>Log entries on standard error.</summary>
public sealed partial class NoteLoggerTests
{
    [Test]
    public void Log_WritesALineEach_FromTheMinimumOn()
    {
        var told = Run(isQuiet: false, LogLevel.Information);

        Assert.That(told, Is.EqualTo("hello x\\x1b[0m\nerror: broken y: IOException: disk\n"));
    }

    [Test]
    public void Log_LeavesErrors_WhenQuiet()
    {
        Assert.That(Run(isQuiet: true, LogLevel.Trace), Is.EqualTo("error: broken y: IOException: disk\n"));
    }

    private static string Run(bool isQuiet, LogLevel minimum)
    {
        using var error = new MemoryStream();
        var output = new CommandOutput(ProgramInProcess.Services(Stream.Null, error, Stream.Null))
        {
            IsQuiet = isQuiet,
        };
        using var factory = new NoteLoggerFactory(output, minimum);
        var logger = factory.CreateLogger("any");
        LogDetail(logger, 1);
        LogHello(logger, "x\u001b[0m");
        LogBroken(logger, new IOException("disk"), "y");
        return Encoding.UTF8.GetString(error.ToArray());
    }

    [LoggerMessage(11, LogLevel.Debug, "detail {Number}")]
    private static partial void LogDetail(ILogger logger, int number);

    [LoggerMessage(12, LogLevel.Information, "hello {Name}")]
    private static partial void LogHello(ILogger logger, string name);

    [LoggerMessage(13, LogLevel.Error, "broken {Name}")]
    private static partial void LogBroken(ILogger logger, Exception cause, string name);
}
