using System.Diagnostics;

namespace Mesh.Tests.Fuzzing;

/// <summary>Gives a target its inputs and looks at what they cost. One thread.</summary>
/// <param name="target">What is fuzzed; stays the caller's.</param>
/// <param name="seed">Equal seeds give equal inputs.</param>
internal sealed class FuzzRunner(IFuzzTarget target, int seed)
{
    private const int MaxFindings = 8;
    private const int MaxShrinks = 2_000;
    private const int WarmUpRounds = 3;

    // A collection or the just-in-time compiler is not the parser's fault, and not there every time: what is too much,
    // or more than any input before, is measured again.
    private const int Repeats = 8;

    private readonly List<FuzzFinding> _findings = [];
    private TimeSpan _slowest;
    private long _mostAllocated;
    private double _steepest;

    /// <summary>Runs inputs that are made from valid ones.</summary>
    /// <param name="count">How many.</param>
    /// <param name="maxTime">Ends earlier after this time.</param>
    public FuzzReport Run(long count, TimeSpan maxTime)
    {
        var mutator = new Mutator(target, seed);
        WarmUp(mutator.Corpus);
        var start = Stopwatch.GetTimestamp();
        var number = 0L;
        for (; number < count && _findings.Count < MaxFindings; number++)
        {
            if (Stopwatch.GetElapsedTime(start) > maxTime)
            {
                break;
            }

            // The valid inputs as they are come first.
            Try(number < mutator.Corpus.Count ? mutator.Corpus[(int)number] : mutator.Make(number), number);
        }

        return Report(number, start);
    }

    /// <summary>Runs inputs that were findings once.</summary>
    /// <param name="inputs">The inputs.</param>
    public FuzzReport Replay(IReadOnlyList<byte[]> inputs)
    {
        WarmUp(inputs);
        var start = Stopwatch.GetTimestamp();
        foreach (var input in inputs)
        {
            Try(input, -1);
        }

        return Report(inputs.Count, start);
    }

    /// <summary>Takes away from an input what its fault does not need.</summary>
    /// <param name="finding">What was found.</param>
    /// <returns>The same fault, mostly of a much shorter input.</returns>
    public FuzzFinding Shrink(FuzzFinding finding)
    {
        var smallest = finding;
        var tries = 0;
        for (var size = finding.Input.Length / 2; size > 0; size /= 2)
        {
            for (var offset = 0; offset + size <= smallest.Input.Length && tries < MaxShrinks; tries++)
            {
                byte[] shorter = [.. smallest.Input.AsSpan(0, offset), .. smallest.Input.AsSpan(offset + size)];
                if (FaultOf(shorter, out _, out _) is { } fault)
                {
                    smallest = smallest with { Input = shorter, Fault = fault };
                }
                else
                {
                    offset += size;
                }
            }
        }

        return smallest;
    }

    // Code that runs for the first time is slow and allocates for itself.
    private void WarmUp(IReadOnlyList<byte[]> inputs)
    {
        for (var round = 0; round < WarmUpRounds; round++)
        {
            foreach (var input in inputs)
            {
                _ = Measure(input, out _, out _);
            }
        }
    }

    private FuzzReport Report(long inputs, long start) =>
        new(inputs, Stopwatch.GetElapsedTime(start), _findings)
        {
            Slowest = _slowest,
            MostAllocated = _mostAllocated,
            Steepest = _steepest,
        };

    private void Try(byte[] input, long number)
    {
        var fault = FaultOf(input, out var elapsed, out var allocated);
        _slowest = elapsed > _slowest ? elapsed : _slowest;
        _mostAllocated = Math.Max(_mostAllocated, allocated);
        _steepest = Math.Max(_steepest, (allocated - FuzzLimits.FixedBytes) / (double)Math.Max(1, input.Length));
        if (fault is not null)
        {
            _findings.Add(new FuzzFinding(target.Name, seed, number, input, fault));
        }
    }

    private string? FaultOf(byte[] input, out TimeSpan elapsed, out long allocated)
    {
        var fault = Measure(input, out elapsed, out allocated);
        var allowed = ((long)target.BytesPerInputByte * input.Length) + FuzzLimits.FixedBytes;
        for (var repeat = 0; repeat < Repeats && fault is null
            && (elapsed > FuzzLimits.MaxTime || elapsed > _slowest || allocated > allowed); repeat++)
        {
            fault = Measure(input, out var again, out var allocatedAgain);
            elapsed = again < elapsed ? again : elapsed;
            allocated = Math.Min(allocated, allocatedAgain);
        }

        fault ??= elapsed > FuzzLimits.MaxTime ? $"took {elapsed.TotalMilliseconds:F1} ms" : null;
        return fault ?? (allocated > allowed ? $"allocated {allocated} bytes for {input.Length}" : null);
    }

    private string? Measure(byte[] input, out TimeSpan elapsed, out long allocated)
    {
        elapsed = TimeSpan.Zero;
        allocated = 0;
        try
        {
            target.Prepare(input);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = ThreadTime.Now;
            target.Run();
            elapsed = ThreadTime.Now - start;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            return target.Check();
        }
        catch (Exception exception)
        {
            // Whatever it is, nothing may escape: that it did is what is looked for.
            return exception.ToString();
        }
    }
}
