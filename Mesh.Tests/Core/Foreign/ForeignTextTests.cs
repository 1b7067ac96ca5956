using Mesh.Core.Logs;
using NUnit.Framework;

namespace Mesh.Tests.Core.Foreign;

/// <summary>What the view says of random charts is what the charts say themselves, byte for byte.</summary>
public sealed class ForeignTextTests
{
    [Test]
    public void SpyAndTrace_AreThoseOfTheChartItself_OnABadNetwork([Range(1, 10)] int seed)
    {
        using var world = new ViewWorld(seed);
        world.World.Network.DropPercent = 10;
        world.World.Network.DoublePercent = 5;
        world.World.Network.LatePercent = 20;
        world.World.Network.MaxSessionDelayMs = 20;
        world.Begin("one");
        world.Begin("two");
        world.World.Connect();
        world.World.Run(400);
        world.Begin("three");
        world.World.Run(400);
        world.Settle();

        AssertSame(world);
    }

    [Test]
    public void SpyAndTrace_AreThoseOfTheChartItself_WhenTheReaderComesLate([Range(1, 6)] int seed)
    {
        using var world = new ViewWorld(seed);
        world.Begin("one");
        world.Begin("two");
        world.World.Run(2_000);
        world.World.Connect();
        world.World.Run(100);
        world.Settle();

        AssertSame(world);
    }

    [Test]
    public void LiveLines_AreThoseOfTheChartItself_TraceBeforeSpy([Range(1, 8)] int seed)
    {
        using var world = new ViewWorld(seed);
        world.World.Network.DropPercent = 10;
        world.World.Network.MaxSessionDelayMs = 30;
        world.Listen();
        world.World.Connect();
        world.Begin("one");
        world.Begin("two");
        world.World.Run(500);
        world.Begin("three");
        world.World.Run(500);
        world.Settle();

        using (Assert.EnterMultipleScope())
        {
            foreach (var name in world.Hosts.Keys)
            {
                var heard = world.Heard[name];
                Assert.That(Stepwise(heard), Is.EqualTo(Stepwise(world.Live[name])), $"seed {seed}: {name}");
                Assert.That(heard.Where((line, index) => line[0] == 'T' && !IsBetweenSteps(heard, index)), Is.Empty);
            }

            Assert.That(world.View.ListenerFailures, Is.Zero);
        }
    }

    [Test]
    public void Trace_IsThatOfTheChartItself_ForAReaderWithTheTraceRightAlone([Range(1, 6)] int seed)
    {
        using var world = new ViewWorld(seed);
        world.World.Network.DropPercent = 10;
        world.Begin("one");
        world.Begin("two");
        world.World.Run(300);
        world.World.Connect(Mesh.Core.Wire.Messages.LaneKinds.Trace);
        world.World.Run(300);
        world.Settle();

        using (Assert.EnterMultipleScope())
        {
            foreach (var (name, host) in world.Hosts)
            {
                // What the chart still remembers is written into the lane when its first reader comes.
                Assert.That(world.Hsm(name).Trace(), Is.EqualTo(host.Trace()), $"seed {seed}: {name}");
                Assert.That(world.Hsm(name).Spy(), Is.Empty);
                Assert.That(world.Hsm(name).Gaps, Is.Empty);
            }

            Assert.That(world.World.Log.Trace!.SealedRecords, Is.GreaterThan(0UL));
            Assert.That(world.World.Client.Cursors.Single().Lane, Is.EqualTo(NodeLog.TraceLane));
        }
    }

    [Test]
    public void ClearSpyAndClearTrace_ForgetTheLinesSoFar()
    {
        using var world = new ViewWorld(1);
        world.Begin("one");
        world.World.Connect();
        world.World.Run(200);
        world.Settle();
        world.Hsm("one").ClearSpy();
        world.Hsm("one").ClearTrace();
        world.Hosts["one"].ClearSpy();
        world.Hosts["one"].ClearTrace();
        var empty = world.Hsm("one").Spy();
        world.IsActing = true;
        world.World.Run(50);
        world.Settle();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(empty, Is.Empty);
            Assert.That(world.Hosts["one"].Spy(), Is.Not.Empty);
            AssertSame(world);
        }
    }

    // The order of trace and spy lines within one step is the view's own promise; the chart may have another.
    private static List<string> Stepwise(IEnumerable<string> lines)
    {
        var sorted = new List<string>();
        sorted.AddRange(lines.Where(line => line[0] == 'S'));
        sorted.AddRange(lines.Where(line => line[0] == 'T').Select(line => $"T{line[1..].Trim('\n')}"));
        return sorted;
    }

    private static bool IsBetweenSteps(List<string> lines, int index) =>
        (index == 0 || lines[index - 1].StartsWith("S<- Queued", StringComparison.Ordinal))
        && lines[index + 1][0] == 'S';

    private static void AssertSame(ViewWorld world)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (name, host) in world.Hosts)
            {
                var hsm = world.Hsm(name);
                Assert.That(hsm.Spy(), Is.EqualTo(host.Spy()), name);
                Assert.That(hsm.Trace(), Is.EqualTo(host.Trace()), name);
                Assert.That(hsm.StateName, Is.EqualTo(host.StateName), name);
                Assert.That(hsm.TraceName, Is.EqualTo(host.Name), name);
                Assert.That(hsm.Gaps, Is.Empty, name);
                Assert.That(hsm.LastStep + 1, Is.EqualTo(host.Ring!.Head), name);
            }
        }
    }
}
