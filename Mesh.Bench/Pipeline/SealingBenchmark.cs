using Mesh.Bench.Harness;

namespace Mesh.Bench.Pipeline;

/// <summary>What a frame's cryptography alone costs, in one thread: where the time of sealed frames goes.</summary>
internal sealed class SealingBenchmark : IBenchmark
{
    private const int RoundCount = 21;
    private const int FramesPerRound = 50;
    private const double NanosecondsPerMicrosecond = 1_000;

    private static readonly int[] SizesKib = [16, 48];

    public string Name => "sealing";

    public int Order => 26;

    public IEnumerable<BenchRow> Run(BenchContext context)
    {
        foreach (var kib in SizesKib)
        {
            context.Say($"sealing: frames of {kib} KiB");
            using var work = new SealingWork(kib * 1_024);
            var times = Rounds.Run(
                RoundCount,
                () => Measure(work.SealFrame),
                () => Measure(work.OpenFrame),
                () => Measure(work.Encrypt),
                () => Measure(work.Hash),
                () => Measure(work.Sign),
                () => Measure(work.Verify),
                () => Measure(work.Copy));
            var copy = times[6].Median();
            yield return Row($"seal and sign a frame of {kib} KiB", times[0], copy);
            yield return Row($"open and verify a frame of {kib} KiB", times[1], copy);
            yield return Row($"of it XChaCha20-Poly1305, {kib} KiB", times[2], copy);
            yield return Row($"of it SHA-256, {kib} KiB", times[3], copy);
            yield return Row($"of it Ed25519, sign ({kib} KiB)", times[4], copy);
            yield return Row($"of it Ed25519, verify ({kib} KiB)", times[5], copy);
        }
    }

    private static BenchRow Row(string what, double[] samples, double copy) => new()
    {
        What = what,
        Value = samples.Median(),
        Unit = "us",
        Baseline = copy,
        BaselineName = "copy it",
        Samples = samples,
    };

    private static double Measure(Action work) => ThreadClock.Measure(() =>
    {
        for (var count = 0; count < FramesPerRound; count++)
        {
            work();
        }
    }) / FramesPerRound / NanosecondsPerMicrosecond;
}
