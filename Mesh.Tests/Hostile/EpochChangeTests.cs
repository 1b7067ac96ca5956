using Mesh.Core;
using Mesh.Core.Identity;
using Mesh.Core.Logs;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Hostile;

/// <summary>Keys that change under a stream at full rate, between real nodes over real sockets.</summary>
[Category("Socket"), NonParallelizable]
public sealed class EpochChangeTests
{
    private const int Changes = 4;

    private static readonly EpochLimits ByTime = new()
    {
        MaxUse = TimeSpan.FromMilliseconds(400),
        PlanAhead = TimeSpan.FromMilliseconds(200),
    };

    private static readonly EpochLimits ByCount = new() { MaxFrames = 100, PlanAheadFrames = 50 };

    [TestCase(true, TestName = "Use_ChangesTheKeyByTime_AndNobodySeesAGap")]
    [TestCase(false, TestName = "Use_ChangesTheKeyByCount_AndNobodySeesAGap")]
    [CancelAfter(60_000)]
    public async Task Use_ChangesTheKey(bool isByTime, CancellationToken cancellationToken)
    {
        var limits = isByTime ? ByTime : ByCount;
        await using var busy = await BusyNode.StartAsync(limits, cancellationToken);
        await using var capture = new FrameCapture(busy.Node.FramePort);
        var readers = new[]
        {
            await busy.AddReaderAsync("one", cancellationToken),
            await busy.AddReaderAsync("two", cancellationToken),
        };
        await busy.RunAsync(cancellationToken);

        _ = await Eventually.GetAsync(() => Epochs(capture.Headers), epochs => epochs > Changes, cancellationToken);
        var newest = capture.Headers[^1].Epoch;
        var steps = readers.Select(reader => reader.Steps).ToArray();
        _ = await Eventually.GetAsync(
            () => Epochs(capture.Headers), epochs => epochs > (int)newest + 1, cancellationToken);

        await TestContext.Out.WriteLineAsync(
            $"{Epochs(capture.Headers)} keys for {capture.Headers.Count} frames; steps {readers[0].Steps}, "
            + $"{readers[1].Steps}; gaps {readers[0].Gaps}, {readers[1].Gaps}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(readers.Select(reader => reader.Gaps), Is.All.Zero);
            Assert.That(readers.Zip(steps).All(pair => pair.First.Steps > pair.Second), "they read on");
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task BlockAsync_PutsTheNextFrameIntoANewEpoch_AndTheOthersSeeNoGap(CancellationToken cancellationToken)
    {
        await using var busy = await BusyNode.StartAsync(new EpochLimits(), cancellationToken);
        await using var capture = new FrameCapture(busy.Node.FramePort);
        var good = await busy.AddReaderAsync("good", cancellationToken);
        var bad = await busy.AddReaderAsync("bad", cancellationToken);
        await busy.RunAsync(cancellationToken);
        _ = await Eventually.GetAsync(() => bad.Steps, steps => steps > 5_000, cancellationToken);

        var granted = await KeysAsync(busy.Node, cancellationToken);
        _ = await busy.Node.BlockAsync("bad", cancellationToken);
        var sealedAfter = await LastFrameAsync(busy.Node, cancellationToken);
        await using var marker = ProducerChart.Start("marker", TimeProvider.System);
        await busy.Node.HostAsync(marker, "marker", cancellationToken);
        var charts = await Eventually.GetAsync(
            () => good.Node.View.Charts(), seen => seen.Any(chart => chart.Name == "marker"), cancellationToken);
        var stepsOfBad = bad.Steps;
        var stepsOfGood = good.Steps;
        _ = await Eventually.GetAsync(() => good.Steps, steps => steps > stepsOfGood + 5_000, cancellationToken);

        var headers = capture.Headers;
        var first = headers.First(header => header.Epoch != headers[0].Epoch);
        var opened = Open(capture.Frames, busy.Node, granted);
        await TestContext.Out.WriteLineAsync(
            $"epoch {headers[0].Epoch} -> {first.Epoch} at frame {first.FrameNumber} of {headers.Count}; "
            + $"newest {sealedAfter} when it was blocked; {opened.Count} frames open with the keys of before, "
            + $"the last is {opened.Max()}; "
            + $"steps of the others {good.Steps}, of the blocked {bad.Steps}; gaps {good.Gaps}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(charts, Is.Not.Empty);
            Assert.That(headers.Where(header => header.FrameNumber < first.FrameNumber).Select(one => one.Epoch),
                Is.All.EqualTo(headers[0].Epoch));
            Assert.That(headers.Where(header => header.FrameNumber >= first.FrameNumber).Select(one => one.Epoch),
                Is.All.EqualTo(first.Epoch));
            Assert.That(first.FrameNumber, Is.LessThanOrEqualTo(sealedAfter + 1), "the next frame is the first one");
            Assert.That(opened, Is.EquivalentTo(
                headers.Select(header => header.FrameNumber).Where(number => number < first.FrameNumber)));
            Assert.That(first.KeyId, Is.Not.EqualTo(headers[0].KeyId));
            Assert.That(bad.Node.View.Charts().Select(chart => chart.Name), Has.None.EqualTo("marker"));
            Assert.That(bad.Steps, Is.EqualTo(stepsOfBad), "what comes after it opens for others only");
            Assert.That(good.Gaps, Is.Zero);
        }
    }

    // All that a reader holds at that moment, with keys that were handed over ahead of their use.
    private static Task<List<byte[]>> KeysAsync(MeshNode node, CancellationToken cancellationToken) =>
        node.Parts.Loop.InvokeAsync(
            _ => node.Parts.Core.Publish!.Log.Spy.Epochs.Select(epoch =>
            {
                var key = new byte[EpochKey.SizeBytes];
                epoch.Key.CopyTo(key);
                return key;
            }).ToList(),
            cancellationToken);

    private static Task<ulong> LastFrameAsync(MeshNode node, CancellationToken cancellationToken) =>
        node.Parts.Loop.InvokeAsync(_ => node.Parts.Core.Publish!.Log.Spy.Head.LastFrame, cancellationToken);

    // The numbers of the frames that any of the keys opens.
    private static List<ulong> Open(IReadOnlyList<byte[]> frames, MeshNode publisher, List<byte[]> keys)
    {
        var identity = publisher.Parts.Local.Identity;
        var id = new byte[NodeId.SizeBytes];
        identity.Id.Write(id);
        var primitives = PrimitivesProvider.Load();
        var opener = new FrameOpener(primitives, identity.Signing.PublicKey, id);
        var plaintext = new byte[WireLimits.MaxFrameBytes];
        var opened = new List<ulong>();
        foreach (var bytes in keys)
        {
            using var key = EpochKey.Import(primitives, bytes);
            foreach (var frame in frames)
            {
                _ = SealedFrame.Read(frame, out var parts);
                if (opener.Open(parts, key, plaintext, out _) == OpenResult.Opened)
                {
                    opened.Add(parts.Header.FrameNumber);
                }
            }
        }

        return opened;
    }

    private static int Epochs(IReadOnlyList<FrameHeader> headers) =>
        headers.Select(header => header.Epoch).Distinct().Count();
}
