using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Mesh.Node;

namespace Mesh.Tests.Node;

/// <summary>A real <c>meshnode</c> process, started from the program that lies beside the tests.</summary>
internal sealed class MeshNodeProcess : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Process _process;

    private MeshNodeProcess(Process process)
    {
        _process = process;
    }

    /// <summary>The raw bytes of standard output.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>What the process reads.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>The process id, for signals.</summary>
    public int Id => _process.Id;

    /// <summary>Runs a command line to its end.</summary>
    public static async Task<ProgramResult> RunAsync(
        IEnumerable<string> arguments, string input, CancellationToken cancellationToken)
    {
        using var process = Start(arguments);
        var output = process._process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process._process.StandardError.ReadToEndAsync(cancellationToken);
        await process.Input.WriteAsync(input.AsMemory(), cancellationToken);
        process.Input.Close();
        return new ProgramResult(await process.WaitAsync(cancellationToken), await output, await error);
    }

    /// <summary>Runs a command line to its end and looks at what it costs, as long as it can be looked at.</summary>
    /// <returns>What came of it, the time of processors that it took, and the most bytes of memory that it
    /// held.</returns>
    public static async Task<(ProgramResult Result, TimeSpan ProcessorTime, long PeakBytes)> MeasureAsync(
        IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(arguments);
        var output = process._process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process._process.StandardError.ReadToEndAsync(cancellationToken);
        process.Input.Close();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        var (processorTime, peakBytes) = (TimeSpan.Zero, 0L);
        while (!process._process.HasExited)
        {
            try
            {
                process._process.Refresh();
                peakBytes = Math.Max(peakBytes, process._process.PeakWorkingSet64);
                processorTime = process._process.TotalProcessorTime;
            }
            catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
            {
                // It ended meanwhile.
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        var result = new ProgramResult(await process.WaitAsync(cancellationToken), await output, await error);
        return (result, processorTime, peakBytes);
    }

    /// <summary>Starts a command line and leaves it running; disposing kills it.</summary>
    public static MeshNodeProcess Start(IEnumerable<string> arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "meshnode.dll");
        var start = new ProcessStartInfo("dotnet", arguments.Prepend(program))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
        };
        return new MeshNodeProcess(Process.Start(start)!);
    }

    /// <summary>Waits for the end.</summary>
    public async Task<ExitCode> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return (ExitCode)_process.ExitCode;
    }

    /// <summary>Reads all of standard error; call it after the end.</summary>
    public Task<string> ReadErrorAsync(CancellationToken cancellationToken) =>
        _process.StandardError.ReadToEndAsync(cancellationToken);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
