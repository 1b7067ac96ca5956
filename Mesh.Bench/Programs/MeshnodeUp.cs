using System.Diagnostics;
using Mesh.Bench.Processes;

namespace Mesh.Bench.Programs;

/// <summary>A <c>meshnode up</c> with the blinker, in a folder of its own; ready once it is made.</summary>
internal sealed class MeshnodeUp : IDisposable
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("mesh-bench-").FullName;

    public MeshnodeUp()
    {
        string[] words =
        [
            Path.Combine(AppContext.BaseDirectory, "meshnode.dll"), "up", "--name", "bench", "--chart",
            "sample:blinker",
        ];
        Process = ChildProcess.Start(
            words, isErrorRead: true, ("MESH_STATE_DIR", _folder), ("XDG_RUNTIME_DIR", _folder), ("NO_COLOR", "1"));
        while (Process.StandardError.ReadLine() is { } line)
        {
            if (line.Contains("ready", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException("meshnode up has ended by itself");
    }

    /// <summary>The process.</summary>
    public Process Process { get; }

    /// <summary>Starts one and ends it.</summary>
    /// <returns>Milliseconds until it was ready.</returns>
    public static double MeasureStart()
    {
        var begin = Stopwatch.GetTimestamp();
        using var started = new MeshnodeUp();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            using var end = Process.Start("kill", ["-INT", $"{Process.Id}"]);
            end.WaitForExit();
        }

        if (OperatingSystem.IsWindows() || !Process.WaitForExit(EndPatience))
        {
            Process.Kill();
        }

        Process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
