using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;
using NUnit.Framework;

namespace Mesh.Tests.Core.Foreign;

/// <content>What a view keeps of a peer that has too much.</content>
public sealed partial class PeerViewTests
{
    [Test]
    public void Charts_BeyondTheBudget_KeepTheirLastStep()
    {
        var (_, peer) = Make();
        const uint Charts = 3_000;
        for (var chart = 1u; chart <= Charts; chart++)
        {
            Begin(peer, chart);
            for (var step = 0UL; step < 600; step++)
            {
                Step(peer, chart, step, step == 0 ? StepKind.Start : StepKind.Step, 0, (int)(step % 2));
            }

            peer.OnFrameEnd();
        }

        var last = peer.Charts()[^1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(peer.Charts(), Has.Count.EqualTo(Charts));
            Assert.That(peer.Charts()[0].Steps(), Has.Count.EqualTo(512));
            Assert.That(last.Steps().Single().Number, Is.EqualTo(599UL));
            Assert.That(peer.Charts().Sum(hsm => hsm.StorageBytes), Is.LessThan(70L << 20));
        }
    }

    [Test]
    public void Budget_StaysWhole_WhenChartsComeAndGoBeyondIt()
    {
        var (view, peer) = Make();
        for (var chart = 1u; chart <= 2_000; chart++)
        {
            Begin(peer, chart);
            for (var step = 0UL; step < 600; step++)
            {
                Step(peer, chart, step, step == 0 ? StepKind.Start : StepKind.Step, 0, (int)(step % 2));
            }
        }

        var full = peer.Budget.TakenBytes;
        for (var chart = 10_001u; chart <= 40_000; chart++)
        {
            Begin(peer, chart);
            Step(peer, chart, 0, StepKind.Start, 0, 0);
            Step(peer, chart, 5, StepKind.Step, 0, 1);
            peer.OnEnd(Place(), new EndRecord(chart, EndReason.Stopped));
            peer.OnFrameEnd();
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(peer.Charts(), Has.Count.EqualTo(2_000 + 1_024));
            Assert.That(peer.Budget.TakenBytes, Is.EqualTo(peer.Charts().Sum(hsm => hsm.StorageBytes)));
            Assert.That(peer.Budget.TakenBytes - full, Is.InRange(0, 1_024 * 1_024));
            Assert.That(view.Counters.DroppedSteps, Is.Zero);
        }
    }

    [Test]
    public void Counters_TellWhatAViewDoesNotTake()
    {
        var (view, peer) = Make();
        for (var chart = 1u; chart <= 300; chart++)
        {
            Step(peer, chart, 0, StepKind.Start, 0, 0);
        }

        Begin(peer, 1);
        while (peer.TryWantDefinition(out var hash))
        {
            peer.OnDefinition(hash, new byte[] { 1 });
        }

        peer.OnFrameEnd();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(view.Counters.DroppedSteps, Is.EqualTo(300 - 256));
            Assert.That(view.Counters.RefusedDefinitions, Is.EqualTo(1));
        }
    }
}
