using System.Diagnostics;
using System.Globalization;

namespace Mesh.Bench.Harness;

/// <summary>What benchmarks share in a run.</summary>
/// <param name="progress">Gets a line now and then.</param>
internal sealed class BenchContext(TextWriter progress)
{
    /// <summary>How often each thing is measured at least; odd, so that there is a median.</summary>
    public const int MinRounds = 5;

    private readonly long _begin = Stopwatch.GetTimestamp();

    /// <summary>Tells the person who waits what is measured.</summary>
    public void Say(string line) => progress.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_begin).TotalSeconds,6:0.0} s  {line}"));
}
