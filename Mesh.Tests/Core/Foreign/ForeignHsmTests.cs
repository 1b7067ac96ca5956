using Mesh.Core.Foreign;
using Mesh.Core.Logs;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;
using NUnit.Framework;

namespace Mesh.Tests.Core.Foreign;

/// <summary>The view of charts: what is missing, what is late, what is over.</summary>
public sealed class ForeignHsmTests
{
    private static readonly FrameRingLimits SmallRing = new()
    {
        MinBytes = 32 * 1024,
        MaxBytes = 32 * 1024,
        SegmentBytes = 128 * 1024,
    };

    [Test, CancelAfter(60_000)]
    public async Task Callbacks_AreAllKept_WhenThreadsSetTheFirstAtOnce(CancellationToken cancellationToken)
    {
        const int Rounds = 20_000;
        var owner = new MeshView().AddPeer(default, "pi");
        var charts = Enumerable.Range(0, Rounds).Select(_ => new ForeignHsm(owner, 1, 1)).ToArray();
        var (own, others) = (0, 0);

        var other = Task.Run(
            () =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    Meet(ref others, ref own, round, cancellationToken);
                    charts[round].LiveSpy = _ => { };
                }
            },
            cancellationToken);
        for (var round = 0; round < Rounds; round++)
        {
            Meet(ref own, ref others, round, cancellationToken);
            charts[round].Stepped = _ => { };
        }

        await other;

        Assert.That(charts.Count(chart => chart.LiveSpy is null || chart.Stepped is null), Is.Zero);
    }

    [Test]
    public void Gaps_NameTheSteps_WhenTheRingOverflowed([Range(1, 5)] int seed)
    {
        using var world = new ViewWorld(seed, StartMode.History, SmallRing);
        var missing = new List<StepGap>();
        var records = new List<Gap>();
        world.View.StepsMissing += (_, gap) => missing.Add(gap);
        world.View.RecordsMissing += (_, gap) => records.Add(gap);
        world.Begin("one");
        world.World.Connect();
        world.World.Run(100);
        var before = world.Hsm("one").LastStep!.Value;
        world.World.Cut();
        world.World.IsMuted = true;
        for (var turn = 0; turn < 400; turn++)
        {
            world.Act(20);
            world.World.Run(4);
        }

        world.World.IsMuted = false;
        world.World.Connect();
        world.World.Run(100);
        world.Settle();

        var hsm = world.Hsm("one");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(records, Has.Count.EqualTo(1), $"seed {seed}");
            Assert.That(missing, Is.EqualTo(hsm.Gaps));
            Assert.That(hsm.Gaps.Single().After, Is.InRange(before, before + 20), "some frames were under way");
            Assert.That(hsm.Gaps.Single().Reason, Is.EqualTo(GapReason.Overwritten));
            Assert.That(hsm.Spy(), Is.EqualTo(world.Hosts["one"].Spy()));
            Assert.That(hsm.LastStep + 1, Is.EqualTo(world.Hosts["one"].Ring!.Head));
        }
    }

    [Test]
    public void Snapshot_GivesThePresentStateOfEveryChart_ToALateReader([Range(1, 5)] int seed)
    {
        using var world = new ViewWorld(seed, StartMode.Snapshot);
        world.Begin("one");
        world.Begin("two");
        world.World.Run(500);
        world.IsActing = false;
        world.World.Run(50);

        world.World.Connect();
        world.World.Run(500);

        using (Assert.EnterMultipleScope())
        {
            foreach (var (name, host) in world.Hosts)
            {
                Assert.That(world.Hsm(name).StateName, Is.EqualTo(host.StateName), name);
                Assert.That(world.Hsm(name).LastStep + 1, Is.EqualTo(host.Ring!.Head), name);
                Assert.That(world.Hsm(name).Spy(), Is.Empty, name);
                Assert.That(world.Hsm(name).Gaps, Is.Empty, name);
            }
        }
    }

    [Test]
    public void Snapshot_IsFollowedByEveryStepAfterIt([Range(1, 5)] int seed)
    {
        using var world = new ViewWorld(seed, StartMode.Snapshot);
        world.World.Network.DropPercent = 10;
        world.Begin("one");
        world.World.Run(500);
        world.World.Connect();
        world.World.Run(2_500);
        world.Settle();

        var hsm = world.Hsm("one");
        var steps = hsm.Steps();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(hsm.Gaps, Is.Empty);
            Assert.That(hsm.Spy(), Is.EqualTo(world.Hosts["one"].Spy()));
            Assert.That(steps[^1].To, Is.EqualTo(world.Hosts["one"].StateName));
            Assert.That(steps.Select(step => step.Number), Is.Ordered.Ascending.And.Unique);
        }
    }

    [Test]
    public void ChartEnded_IsRaised_WhenTheChartIsStopped()
    {
        using var world = new ViewWorld(1);
        var ended = new List<ForeignHsm>();
        world.View.ChartEnded += ended.Add;
        var number = world.Begin("one");
        world.Begin("two");
        world.World.Connect();
        world.World.Run(100);

        _ = world.World.Publisher.End(number, EndReason.Stopped);
        world.World.Run(100);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ended, Is.EqualTo(new[] { world.Hsm("one") }));
            Assert.That(world.Hsm("one").End, Is.EqualTo(ForeignEnd.Stopped));
            Assert.That(world.Hsm("two").End, Is.EqualTo(ForeignEnd.None));
        }
    }

    [Test]
    public void ChartEnded_IsRaisedForAll_WhenTheNodeBeginsAnew()
    {
        using var world = new ViewWorld(1);
        world.Begin("one");
        world.World.Connect();
        world.World.Run(200);
        world.Settle();
        var old = world.Hsm("one");

        world.World.Restart();
        world.Hosts.Clear();
        world.Begin("one");
        world.World.Connect();
        world.World.Run(500);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(old.End, Is.EqualTo(ForeignEnd.NodeLost));
            Assert.That(world.View.Charts().Select(hsm => hsm.Incarnation), Is.EqualTo(new[] { 1UL, 2UL }));
            Assert.That(world.View.Charts()[1].Spy(), Is.EqualTo(world.Hosts["one"].Spy()));
        }
    }

    [Test]
    public void Steps_NameSignalsAndStates_AsTheDefinitionDoes()
    {
        using var world = new ViewWorld(3);
        world.Begin("one");
        world.World.Connect();
        world.World.Run(200);
        world.Settle();

        var hsm = world.Hsm("one");
        var states = hsm.Definition!.States.Select(state => state.Name).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(hsm.Steps()[0].Kind, Is.EqualTo(StepKind.Start));
            Assert.That(hsm.Steps()[0].From, Is.EqualTo("top"));
            Assert.That(hsm.Steps().Select(step => step.To).Distinct(), Is.SubsetOf(states));
            Assert.That(hsm.Steps().Skip(1).Select(step => step.Signal), Has.None.StartsWith("#"));
            Assert.That(hsm.Steps()[0].Time, Is.EqualTo(world.World.Time.GetUtcNow()).Within(TimeSpan.FromMinutes(1)));
        }
    }

    [Test]
    public void Stepped_IsRaisedForEveryStepInOrder_OnTheChartAndOnTheView()
    {
        using var world = new ViewWorld(2);
        var own = new List<ulong>();
        var all = new List<ulong>();
        world.View.ChartAppeared += hsm => hsm.Stepped = step => own.Add(step.Number);
        world.View.Stepped += (_, step) => all.Add(step.Number);
        world.Begin("one");
        world.World.Connect();
        world.World.Run(300);
        world.Settle();

        var expected = Enumerable.Range(0, (int)world.Hosts["one"].Ring!.Head).Select(number => (ulong)number);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(own, Is.EqualTo(expected));
            Assert.That(all, Is.EqualTo(expected));
        }
    }

    [Test]
    public void Callback_IsSwitchedOff_WhenItThrows()
    {
        using var world = new ViewWorld(2);
        world.View.ChartAppeared += hsm => hsm.LiveSpy = _ => throw new InvalidOperationException("a listener's own");
        world.View.Stepped += (_, _) => throw new NotSupportedException("another's");
        world.Begin("one");
        world.World.Connect();
        world.World.Run(200);
        world.Settle();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.Hsm("one").CallbackFailure, Is.TypeOf<InvalidOperationException>());
            Assert.That(world.Hsm("one").LiveSpy, Is.Null);
            Assert.That(world.View.LastFailure, Is.TypeOf<NotSupportedException>());
            Assert.That(world.View.ListenerFailures, Is.GreaterThan(0));
            Assert.That(world.Hsm("one").Spy(), Is.EqualTo(world.Hosts["one"].Spy()));
        }
    }

    [Test]
    public void Find_ChoosesByPattern()
    {
        using var world = new ViewWorld(1);
        world.Begin("hall/lamp");
        world.Begin("room/lamp");
        world.Begin("door");
        world.World.Connect();
        world.World.Run(100);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(world, "pi/..."), Is.EqualTo(new[] { "hall/lamp", "room/lamp", "door" }));
            Assert.That(Names(world, "+/+/lamp"), Is.EqualTo(new[] { "hall/lamp", "room/lamp" }));
            Assert.That(Names(world, "pi/door"), Is.EqualTo(new[] { "door" }));
            Assert.That(Names(world, "win/..."), Is.Empty);
        }
    }

    [Test]
    public void View_CanBeReadFromOtherThreads_WhileStepsComeIn()
    {
        using var world = new ViewWorld(4);
        world.Begin("one");
        world.Begin("two");
        world.World.Connect();
        world.World.Run(50);
        using var stop = new CancellationTokenSource();
        var faults = new List<Exception>();
        var reads = 0;
        var reader = new Thread(() =>
        {
            try
            {
                while (!stop.IsCancellationRequested)
                {
                    foreach (var hsm in world.View.Charts())
                    {
                        reads += hsm.Spy().Count + hsm.Steps().Count + hsm.Trace().Length + hsm.StateName.Length;
                        Assert.That(hsm.Steps().Select(step => step.Number), Is.Ordered.Ascending);
                    }
                }
            }
            catch (Exception exception)
            {
                faults.Add(exception);
            }
        });

        reader.Start();
        world.World.Run(2_000);
        stop.Cancel();
        reader.Join();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(faults, Is.Empty);
            Assert.That(reads, Is.GreaterThan(0));
        }
    }

    private static IEnumerable<string> Names(ViewWorld world, string text)
    {
        _ = ChartPattern.TryParse(text, out var pattern);
        return world.View.Find(pattern).Select(hsm => hsm.Name);
    }

    private static void Meet(ref int own, ref int other, int round, CancellationToken cancellationToken)
    {
        Volatile.Write(ref own, round);
        var spin = default(SpinWait);
        while (Volatile.Read(ref other) < round)
        {
            cancellationToken.ThrowIfCancellationRequested();
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }
}
