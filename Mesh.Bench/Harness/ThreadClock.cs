using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Mesh.Bench.Harness;

/// <summary>
/// The time that this thread has had a processor, so that what else the machine does is not counted. Where the system
/// does not tell (not Linux), the time that has passed.
/// </summary>
internal static class ThreadClock
{
    private const int ThreadProcessorTime = 3;
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Measures something.</summary>
    /// <param name="work">What to run once, on this thread.</param>
    /// <returns>Nanoseconds.</returns>
    public static double Measure(Action work)
    {
        if (!OperatingSystem.IsLinux())
        {
            var begin = Stopwatch.GetTimestamp();
            work();
            return Stopwatch.GetElapsedTime(begin).TotalNanoseconds;
        }

        var before = Read();
        work();
        return Read() - before;
    }

    private static double Read()
    {
        _ = GetTime(ThreadProcessorTime, out var time);
        return (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds;
    }

    // Linux, clock_gettime(2); a long where pointers have 64 bits, which is where .NET 10 runs.
    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out SystemTime time);

    [StructLayout(LayoutKind.Sequential)]
    private struct SystemTime
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
