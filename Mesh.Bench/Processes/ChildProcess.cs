using System.Diagnostics;
using System.Globalization;

namespace Mesh.Bench.Processes;

/// <summary>This program again, in a process of its own with a role; answers one line to each line.</summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>The first word of a child's command line.</summary>
    public const string Verb = "child";

    /// <summary>What a child answers to what it has done.</summary>
    public const string Done = "done";

    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    /// <summary>Starts a child and waits until it is ready.</summary>
    /// <param name="role">What it is.</param>
    /// <param name="settings">How it does it.</param>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public ChildProcess(string role, ChildSettings settings)
    {
        string[] words = [Path.Combine(AppContext.BaseDirectory, "Mesh.Bench.dll"), Verb, role, .. settings.Words];
        _process = Start(words, isErrorRead: false);
        Ready = ReadLine();
    }

    /// <summary>What it said when it was ready.</summary>
    public string Ready { get; }

    /// <summary>Its id.</summary>
    public int Id => _process.Id;

    /// <summary>Processor time that it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a .NET program, stdin and stdout redirected.</summary>
    /// <param name="words">Its assembly and its arguments.</param>
    /// <param name="isErrorRead">Whether stderr is redirected too.</param>
    /// <param name="environment">Variables to set.</param>
    public static Process Start(
        string[] words, bool isErrorRead, params (string Name, string Value)[] environment)
    {
        var dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? path
            : "dotnet";
        var start = new ProcessStartInfo(dotnet, words)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = isErrorRead,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Says a line and reads the answer.</summary>
    /// <exception cref="InvalidOperationException">The child has ended.</exception>
    public string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        return ReadLine();
    }

    /// <summary>Says a line and reads a number.</summary>
    public double AskNumber(string line) => double.Parse(Ask(line), CultureInfo.InvariantCulture);

    /// <summary>Ends the child.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(EndPatience))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private string ReadLine() => _process.StandardOutput.ReadLine()
        ?? throw new InvalidOperationException("a child process of the benchmark has ended by itself");
}
