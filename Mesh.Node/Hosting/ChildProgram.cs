using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace Mesh.Node.Hosting;

/// <summary><c>meshnode</c> as a process of its own, started by this one.</summary>
internal sealed class ChildProgram : IAsyncDisposable
{
    private const string Name = "meshnode";

    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _talk = Channel.CreateUnbounded<string>();

    private ChildProgram(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Pass(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Pass(_talk, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Lines on its standard output; ends with it.</summary>
    public ChannelReader<string> Output => _output.Reader;

    /// <summary>Lines on its standard error; ends with it.</summary>
    public ChannelReader<string> Talk => _talk.Reader;

    /// <summary>Starts a command line.</summary>
    /// <param name="environment">What is added to the environment of this process.</param>
    /// <param name="arguments">The command line without the program's name.</param>
    /// <returns>The process; disposing kills it.</returns>
    public static ChildProgram Start(
        IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, $"{Name}.dll");
        var (program, first) = Path.GetFileNameWithoutExtension(Environment.ProcessPath) switch
        {
            Name => (Environment.ProcessPath!, Array.Empty<string>()),
            "dotnet" => (Environment.ProcessPath!, [assembly]),
            _ => ("dotnet", [assembly]),
        };
        var start = new ProcessStartInfo(program, [.. first, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ChildProgram(new Process { StartInfo = start });
    }

    /// <summary>Waits for the end.</summary>
    /// <param name="cancellationToken">Gives up; the process goes on.</param>
    /// <returns>How it ended.</returns>
    public async Task<ExitCode> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return (ExitCode)_process.ExitCode;
    }

    /// <summary>Kills the process if it still runs.</summary>
    /// <returns>A task that completes when it has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static void Pass(Channel<string> lines, string? line)
    {
        if (line is null)
        {
            lines.Writer.TryComplete();
        }
        else
        {
            lines.Writer.TryWrite(line);
        }
    }
}
