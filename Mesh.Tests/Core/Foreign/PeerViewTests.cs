using System.Security.Cryptography;
using Mesh.Core.Foreign;
using Mesh.Core.Logs;
using Mesh.Core.Wire.Messages;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;
using Mesh.Tests.Statecharts.Oracle;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Foreign;

/// <summary>The sink of a peer's log, fed by hand.</summary>
public sealed partial class PeerViewTests
{
    private static readonly Chart<object> Toggle = Chart.Define<object>("toggle", chart =>
    {
        chart.State("off").On(SpecSignals.Of("A")).Goto("on");
        chart.State("on").On(SpecSignals.Of("A")).Goto("off");
    });

    private static readonly ChartDefinition Definition = Toggle.Definition;

    [Test]
    public void IsReady_IsFalse_UntilTheDefinitionCame()
    {
        var (_, peer) = Make();

        Begin(peer, 1);
        var wanted = peer.TryWantDefinition(out var hash);
        var again = peer.TryWantDefinition(out _);
        var before = peer.IsReady;
        peer.OnDefinition(hash, Definition.CanonicalBytes);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(wanted, Is.True);
            Assert.That(hash, Is.EqualTo(DefinitionHash.Of(Definition.CanonicalBytes.Span)));
            Assert.That(again, Is.False);
            Assert.That(before, Is.False);
            Assert.That(peer.IsReady, Is.True);
            Assert.That(peer.Charts().Single().Definition, Is.Not.Null);
        }
    }

    [Test]
    public void Tellings_AreHeldInOrder_UntilTheDefinitionCame()
    {
        var (view, peer) = Make();
        var told = new List<string>();
        view.ChartAppeared += hsm =>
        {
            told.Add($"appeared {hsm.Name}");
            hsm.LiveSpy = told.Add;
        };
        view.ChartEnded += hsm => told.Add($"ended {hsm.Name}");

        Begin(peer, 1);
        Step(peer, 1, 0, StepKind.Start, -1, 0);
        Step(peer, 1, 1, StepKind.Step, 0, 1);
        peer.OnEnd(Place(), new EndRecord(1, EndReason.Stopped));
        peer.OnFrameEnd();
        var before = told.Count;
        Answer(peer);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Zero);
            Assert.That(told[0], Is.EqualTo("appeared toggle1"));
            Assert.That(told[1], Is.EqualTo("START"));
            Assert.That(told[^2], Does.StartWith("<- Queued"));
            Assert.That(told[^1], Is.EqualTo("ended toggle1"));
        }
    }

    [Test]
    public void Definition_IsAskedForOnce_WhateverTheNumberOfItsCharts()
    {
        var (view, peer) = Make();
        Begin(peer, 1);
        Begin(peer, 2);
        Answer(peer);
        Begin(peer, 3);
        var other = view.AddPeer(default, "other");
        Begin(other, 1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(peer.TryWantDefinition(out _), Is.False);
            Assert.That(other.IsReady, Is.True, "another peer's definition of the same hash serves");
            Assert.That(view.Charts(), Has.All.Property(nameof(ForeignHsm.Definition)).Not.Null);
        }
    }

    [Test]
    public void Chart_IsShownWithoutItsDefinition_WhenThePeerDoesNotGiveIt()
    {
        var (view, peer) = Make();
        var appeared = new List<ForeignHsm>();
        view.ChartAppeared += appeared.Add;
        Begin(peer, 1);
        Step(peer, 1, 0, StepKind.Start, -1, 0);
        peer.OnFrameEnd();
        _ = peer.TryWantDefinition(out var hash);

        peer.OnDefinition(hash, default);

        var hsm = appeared.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(peer.IsReady, Is.True);
            Assert.That(hsm.Definition, Is.Null);
            Assert.That(hsm.Spy(), Is.Empty);
            Assert.That(hsm.Trace(), Is.EqualTo("\n"));
            Assert.That(hsm.StateName, Is.EqualTo("#0"));
            Assert.That(hsm.Steps().Single().To, Is.EqualTo("#0"));
        }
    }

    [Test]
    public void Definition_IsRefused_WhenItHasAnotherHash()
    {
        var (_, peer) = Make();
        Begin(peer, 1);
        _ = peer.TryWantDefinition(out var hash);
        var other = Chart.Define<object>("other", chart => chart.State("alone")).Definition;

        peer.OnDefinition(hash, other.CanonicalBytes);

        Assert.That(peer.Charts().Single().Definition, Is.Null);
    }

    [Test]
    public void Names_MayComeBeforeTheDefinition()
    {
        var (_, peer) = Make();
        Begin(peer, 1);
        peer.OnName(Place(), new NameRecord(1, NameKind.Signal, (uint)Definition.Signals.Count, "Zz"));
        Step(peer, 1, 0, StepKind.Start, -1, 0);
        Step(peer, 1, 1, StepKind.Step, Definition.Signals.Count, 0);
        peer.OnFrameEnd();
        Answer(peer);

        Assert.That(peer.Charts().Single().Steps()[1].Signal, Is.EqualTo("Zz"));
    }

    [Test]
    public void StepsMissing_IsRaised_ForWhatTheNodeItselfDidNotRead()
    {
        var (view, peer) = Make();
        var missing = new List<StepGap>();
        view.StepsMissing += (_, gap) => missing.Add(gap);
        Begin(peer, 1);
        Answer(peer);
        Step(peer, 1, 0, StepKind.Start, -1, 0);
        peer.OnLost(Place(), new LostRecord(1, 1, 9));
        Step(peer, 1, 10, StepKind.Step, 0, 1);
        peer.OnFrameEnd();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(missing, Is.EqualTo(new[] { new StepGap(0, 10, GapReason.NotRead) }));
            Assert.That(missing[0].Count, Is.EqualTo(9UL));
        }
    }

    [Test]
    public void OnStep_AllocatesNothing_OnceTheChartIsFull()
    {
        var (_, peer) = Make();
        Begin(peer, 1);
        Answer(peer);
        var number = 0UL;
        for (var step = 0; step < 2_000; step++)
        {
            Step(peer, 1, number++, StepKind.Step, 0, 1);
        }

        var allocated = AllocatedBytes.Of(() =>
        {
            for (var step = 0; step < 100; step++)
            {
                Step(peer, 1, number++, StepKind.Step, 0, 1);
            }

            peer.OnFrameEnd();
        });

        Assert.That(allocated, Is.Zero);
    }

    [Test]
    public void EndedCharts_AreForgotten_WhenThereAreTooMany()
    {
        var (_, peer) = Make();
        for (var chart = 1u; chart <= 3_000; chart++)
        {
            Begin(peer, chart);
            peer.OnEnd(Place(), new EndRecord(chart, EndReason.Stopped));
            peer.OnFrameEnd();
        }

        Answer(peer);

        Assert.That(peer.Charts(), Has.Count.EqualTo(1_024));
    }

    [TestCase(1), TestCase(2), TestCase(3)]
    public void Text_IsTotal_ForAnyStep(int seed)
    {
        var (view, peer) = Make();
        var random = new Random(seed);
        view.ChartAppeared += hsm =>
        {
            hsm.LiveSpy = _ => { };
            hsm.LiveTrace = _ => { };
        };
        view.Stepped += (_, _) => { };
        Begin(peer, 1);
        Answer(peer);
        var notes = new byte[64];
        for (var number = 0UL; number < 3_000; number++)
        {
            random.NextBytes(notes);
            var bytes = random.Next(notes.Length);
            var step = new StepRecord
            {
                Number = number,
                Kind = (StepKind)random.Next(3),
                Timestamp = random.NextInt64(long.MinValue, long.MaxValue),
                Signal = Any(random),
                Outcome = random.Next(3) == 0 ? StepOutcome.OfDynamic(Any(random), Any(random))
                    : random.Next(2) == 0 ? StepOutcome.OfTransition(Any(random)) : StepOutcome.OfHook(Any(random)),
                LeafBefore = Any(random),
                LeafAfter = Any(random),
                Queued = Any(random),
                NoteBytes = bytes,
            };
            peer.OnStep(Place(), 1, step, notes.AsSpan(0, bytes));
            peer.OnFrameEnd();
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(peer.Charts()[0].CallbackFailure, Is.Null);
            Assert.That(view.ListenerFailures, Is.Zero);
            Assert.That(peer.Charts()[0].Spy(), Is.Not.Empty);
            Assert.That(peer.Charts()[0].Trace(), Is.Not.Empty);
            Assert.That(peer.Charts()[0].Steps(), Has.Count.EqualTo(512));
        }
    }

    [Test]
    public void OnLaneEnded_EndsTheChartsOfThatIncarnation_AndNoOthers()
    {
        var (_, peer) = Make();
        Begin(peer, 1);
        var later = Place();
        later.Incarnation = 2;
        peer.OnChart(later, ChartRecordOf(1));
        peer.OnFrameEnd();

        peer.OnLaneEnded(1, NodeLog.SpyLane, LaneEnd.EndedClean);

        Assert.That(
            peer.Charts().Select(hsm => hsm.End), Is.EqualTo(new[] { ForeignEnd.NodeStopped, ForeignEnd.None }));
    }

    private static int Any(Random random) => random.Next(4) switch
    {
        0 => random.Next(),
        1 => -1,
        _ => random.Next(3),
    };

    private static (MeshView View, PeerView Peer) Make()
    {
        var view = new MeshView();
        Span<byte> id = stackalloc byte[20];
        id.Fill(9);
        return (view, view.AddPeer(new Mesh.Core.Identity.NodeId(id), "pi"));
    }

    private static RecordPlace Place() => new()
    {
        Incarnation = 1,
        Lane = NodeLog.SpyLane,
        Base = new FrameBase(1_700_000_000_000_000, 60, 0),
    };

    private static ChartRecord ChartRecordOf(uint chart) => new()
    {
        Chart = chart,
        Name = $"toggle{chart}",
        TraceName = $"trace{chart}",
        Hash = SHA256.HashData(Definition.CanonicalBytes.Span),
    };

    private static void Begin(PeerView peer, uint chart)
    {
        peer.OnChart(Place(), ChartRecordOf(chart));
        peer.OnFrameEnd();
    }

    private static void Step(PeerView peer, uint chart, ulong number, StepKind kind, int signal, int leaf)
    {
        var step = new StepRecord
        {
            Number = number,
            Kind = kind,
            Timestamp = (long)number,
            Signal = signal,
            Outcome = kind == StepKind.Start ? StepOutcome.OfStart(leaf) : StepOutcome.OfTransition(1 - leaf),
            LeafBefore = kind == StepKind.Start ? ChartDefinition.Top : 1 - leaf,
            LeafAfter = leaf,
        };
        peer.OnStep(Place(), chart, step, []);
    }

    private static void Answer(PeerView peer)
    {
        while (peer.TryWantDefinition(out var hash))
        {
            peer.OnDefinition(hash, Definition.CanonicalBytes);
        }
    }
}
