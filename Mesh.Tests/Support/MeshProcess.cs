using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Mesh.Tests.Architecture;
using NUnit.Framework;

namespace Mesh.Tests.Support;

/// <summary>A program of the mesh running as a process of its own, with what it has printed so far.</summary>
internal sealed class MeshProcess : IAsyncDisposable
{
    /// <summary>How long something that must happen may take.</summary>
    public static readonly TimeSpan MustHappen = TimeSpan.FromSeconds(10);

    // The meshnode.dll of another build, of the other stack say: every "up" of the tests is then that one's, and all
    // that the tests ask of it is asked by this build.
    private const string OtherProgramVariable = "MESH_TEST_UP";

    // Set to anything: only every second "up", so that nodes of both builds meet.
    private const string TakesTurnsVariable = "MESH_TEST_UP_IN_TURNS";

    private static int _nodesStarted;

    private readonly Process _process;
    private readonly Transcript _output = new();
    private readonly Transcript _errors = new();

    private MeshProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => _errors.Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Lines on stdout so far.</summary>
    public IReadOnlyList<string> Output => _output.Lines;

    /// <summary>Lines on stderr so far.</summary>
    public IReadOnlyList<string> Errors => _errors.Lines;

    /// <summary>Starts <c>meshnode</c>.</summary>
    /// <param name="stateFolder">Its <c>MESH_STATE_DIR</c>.</param>
    /// <param name="host">A network namespace to run in, or null for this process's own.</param>
    /// <param name="arguments">Its arguments.</param>
    public static MeshProcess Start(string stateFolder, string? host, params string[] arguments) =>
        StartProgram(arguments is ["up", ..] ? ProgramOfNextNode() : "meshnode.dll", stateFolder, host, arguments);

    /// <summary>Starts a program that lies beside the tests.</summary>
    /// <param name="program">File name of its assembly, or its whole path where it lies elsewhere.</param>
    /// <param name="stateFolder">Its <c>MESH_STATE_DIR</c>.</param>
    /// <param name="host">A network namespace to run in, or null for this process's own.</param>
    /// <param name="arguments">Its arguments.</param>
    public static MeshProcess StartProgram(string program, string stateFolder, string? host, string[] arguments)
    {
        string[] command =
        [
            .. host is null ? [] : TestLan.Prefix(host),
            Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            Path.Combine(AppContext.BaseDirectory, program),
            .. arguments,
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["MESH_STATE_DIR"] = stateFolder;
        start.Environment["XDG_RUNTIME_DIR"] = stateFolder;
        start.Environment["NO_COLOR"] = "1";
        return new MeshProcess(new Process { StartInfo = start });
    }

    /// <summary>Runs <c>meshnode</c> to its end.</summary>
    /// <returns>Its exit code, and what it printed.</returns>
    public static async Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(
        string stateFolder, string? host, string[] arguments, CancellationToken cancellationToken)
    {
        await using var process = Start(stateFolder, host, arguments);
        var exitCode = await process.WaitForExitAsync(cancellationToken);
        return (exitCode, [.. process.Output], [.. process.Errors]);
    }

    /// <summary>Waits for a line on stdout; fails the test when it does not come in time.</summary>
    public Task<string> WaitForOutputAsync(Predicate<string> match, CancellationToken cancellationToken) =>
        WaitAsync(_output, match, MustHappen, cancellationToken);

    /// <summary>Waits for a line on stdout; fails the test when it does not come in the time given.</summary>
    public Task<string> WaitForOutputAsync(
        Predicate<string> match, TimeSpan patience, CancellationToken cancellationToken) =>
        WaitAsync(_output, match, patience, cancellationToken);

    /// <summary>Waits for a line on stderr; fails the test when it does not come in time.</summary>
    public Task<string> WaitForErrorAsync(Predicate<string> match, CancellationToken cancellationToken) =>
        WaitAsync(_errors, match, MustHappen, cancellationToken);

    /// <summary>Waits for the end of the process and of its output.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Sends Ctrl-C and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> InterruptAsync(CancellationToken cancellationToken) => SignalAsync("INT", cancellationToken);

    /// <summary>Sends a signal and waits for the end.</summary>
    /// <param name="signal">Its name without <c>SIG</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> SignalAsync(string signal, CancellationToken cancellationToken)
    {
        await SendAsync(signal, cancellationToken);
        return await WaitForExitAsync(cancellationToken);
    }

    /// <summary>Sends a signal.</summary>
    /// <param name="signal">Its name without <c>SIG</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task SendAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Ends the process at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends the process if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static string ProgramOfNextNode()
    {
        if (Environment.GetEnvironmentVariable(OtherProgramVariable) is not { Length: > 0 } other)
        {
            return "meshnode.dll";
        }

        var takesTurns = Environment.GetEnvironmentVariable(TakesTurnsVariable) is { Length: > 0 };
        var isOwnTurn = Interlocked.Increment(ref _nodesStarted) % 2 == 0;
        return takesTurns && isOwnTurn ? "meshnode.dll" : Path.GetFullPath(other, RepositoryRoot.Path);
    }

    private async Task<string> WaitAsync(
        Transcript transcript, Predicate<string> match, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await transcript.FirstAsync(match).WaitAsync(patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            var text = string.Join('\n', [.. Output.TakeLast(40), "-- stderr --", .. Errors.TakeLast(40)]);
            throw new AssertionException(
                $"{string.Join(' ', _process.StartInfo.ArgumentList)}: the line did not come in {patience}.\n{text}");
        }
    }

    /// <summary>Lines in order, with those who wait for one.</summary>
    private sealed class Transcript
    {
        private readonly Lock _gate = new();
        private readonly List<string> _lines = [];
        private readonly ConcurrentDictionary<TaskCompletionSource<string>, Predicate<string>> _waiting = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_gate)
                {
                    return [.. _lines];
                }
            }
        }

        public void Add(string? line)
        {
            if (line is null)
            {
                return;
            }

            lock (_gate)
            {
                _lines.Add(line);
            }

            foreach (var (waiter, match) in _waiting)
            {
                if (match(line))
                {
                    waiter.TrySetResult(line);
                }
            }
        }

        public Task<string> FirstAsync(Predicate<string> match)
        {
            var waiter = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting[waiter] = match;
            if (Lines.FirstOrDefault(line => match(line)) is { } known)
            {
                waiter.TrySetResult(known);
            }

            return waiter.Task;
        }
    }
}
