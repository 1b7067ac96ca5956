using System.Security.Cryptography;
using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Scxml;
using Mesh.Statecharts.Snapshots;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Snapshots;

/// <summary>Bytes that are no snapshot any more are refused by name; nothing is thrown over them.</summary>
public sealed class SnapshotDamageTests
{
    private const int MutationCount = 10_000;
    private const int CheckBytes = 8;

    private static readonly Signal Go = new("GO");
    private static readonly Signal<int> Number = new("NUMBER");
    private static readonly Signal<string> Done = new("DONE");
    private static readonly Signal<Exception> Failed = new("FAILED");
    private static readonly ScxmlSnapshotCodec Codec = new();
    private static readonly DelegateCodec<List<string>> WorkerCodec = new(_ => "log", (log, text) => log.Add(text));

    private static readonly ScxmlFile Device = ScxmlFile.Parse("""
        <scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:mesh="urn:mesh:statecharts:1" version="1.0" initial="on">
          <datamodel><data id="count" expr="0"/><data id="log">[]</data></datamodel>
          <parallel id="on">
            <transition event="power" target="off"/>
            <state id="door"><history id="last" type="shallow"><transition target="shut"/></history>
              <state id="shut"><transition event="open" target="open"/></state>
              <state id="open"><transition event="close" target="shut"/></state></state>
            <state id="heat"><history id="deep" type="deep"><transition target="cold"/></history>
              <state id="cold"><transition event="start" target="hot"/></state>
              <state id="hot"><onentry>
                <assign location="count" expr="count + 1"/>
                <send event="tick" delay="5s" id="t"><param name="n" expr="count"/></send>
                <send event="tock" id="r" mesh:period="2s"/>
                <mesh:subscribe event="news"/>
                <mesh:defer event="tick"/>
              </onentry>
              <transition event="tick"><assign location="log[log.length]" expr="_event.data"/></transition></state>
            </state>
          </parallel>
          <state id="off"><transition event="power" target="last deep"/></state>
        </scxml>
        """);

    [Test]
    public void Restore_GoesOn_WhenTheChartIsOfAFile()
    {
        var time = new ManualTimeProvider();
        var host = Host(time);
        host.Start();
        Post(host, "open", "start", "power");
        var snapshot = host.Snapshot(Codec);

        var restored = Host(time);
        var result = restored.Restore(snapshot, Codec);
        Post(restored, "power");
        time.Advance(TimeSpan.FromSeconds(6));
        restored.CompleteCircuit();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(default(RestoreResult)));
            Assert.That(restored.StateName, Is.EqualTo("open,hot"));
            Assert.That(restored.Context.Values["count"].Number, Is.EqualTo(2));
            Assert.That(restored.Context.Values["log"].ToString(), Is.EqualTo("""[{"n":1},{"n":2}]"""));
            Assert.That(restored.Context.SessionId, Is.EqualTo(host.Context.SessionId));
            Assert.That(restored.TimedPostCount, Is.EqualTo(2));
        }
    }

    [Test]
    public void Restore_CancelsByTheIdsOfBefore_WhenTheChartIsOfAFile()
    {
        var file = ScxmlFile.Parse("""
            <scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:mesh="urn:mesh:statecharts:1" version="1.0">
              <state id="s">
                <onentry><send event="a" id="x" mesh:period="1s"/><send event="b" id="y" delay="1s"/></onentry>
              <transition event="end"><cancel sendid="x"/><cancel sendid="y"/></transition></state>
            </scxml>
            """);
        var time = new ManualTimeProvider();
        var host = new ChartHost<ScxmlMemory>(file.Chart, file.CreateMemory(), time);
        host.Start();
        var restored = new ChartHost<ScxmlMemory>(file.Chart, file.CreateMemory(), time);

        _ = restored.Restore(host.Snapshot(Codec), Codec);
        var armed = restored.TimedPostCount;
        Post(restored, "end");

        Assert.That((armed, restored.TimedPostCount), Is.EqualTo((2, 0)));
    }

    [Test]
    public void Restore_RefusesTheBytesAsDamaged_WhenAnythingIsCutOrOneBitChanged()
    {
        var snapshot = Taken();
        for (var length = 0; length < snapshot.Length; length++)
        {
            Assert.That(Restore(snapshot[..length]), Is.EqualTo(SnapshotRefusal.Damaged), $"{length} bytes");
        }

        for (var bit = 0; bit < 8 * snapshot.Length; bit++)
        {
            var changed = (byte[])snapshot.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(Restore(changed), Is.EqualTo(SnapshotRefusal.Damaged), $"bit {bit}");
        }
    }

    // With the right check at the end, as somebody would write it who means harm.
    [Test]
    public void Restore_NeverThrows_WhenTheContentIsCutOrChangedAndTheCheckFits()
    {
        var snapshot = Taken();
        var content = snapshot[..^CheckBytes];
        var random = new Random(20_260_321);
        var refusals = new HashSet<SnapshotRefusal>();
        for (var length = 0; length < content.Length; length++)
        {
            refusals.Add(Restore(Checked(content[..length])));
        }

        Assert.That(refusals, Is.EquivalentTo([SnapshotRefusal.Damaged]));
        for (var count = 0; count < MutationCount; count++)
        {
            refusals.Add(Restore(Checked(Mutated(content, random))));
            refusals.Add(RestoreWorker(Checked(Mutated(Worker, random))));
        }

        TestContext.Out.WriteLine(string.Join(' ', refusals));
        Assert.That(refusals, Is.SupersetOf(
        [
            SnapshotRefusal.Damaged, SnapshotRefusal.UnknownVersion, SnapshotRefusal.OtherDefinition,
            SnapshotRefusal.Impossible, SnapshotRefusal.UnknownPayload, SnapshotRefusal.UnknownContext,
        ]));
    }

    // A chart in code, with typed signals, work, timers, deferral, and wishes to subscribe and publish that wait.
    private static Chart<List<string>> Working { get; } = Chart.Define<List<string>>("work", c =>
    {
        var outer = c.State("outer").Defer(Number).Init("inner").After(TimeSpan.FromSeconds(1)).Handled();
        outer.Work((_, _) => new TaskCompletionSource<string>().Task, Done, Failed).On(Go).Do((_, chart) =>
            chart.StartWork(_ => Task.FromResult("x"), Done, Failed)).Handled();
        outer.On(Done).Do((log, text) => log.Add(text)).Handled();
        outer.State("inner").On(new Signal("END")).Goto("end");
        c.State("end");
    });

    private static byte[] Worker { get; } = TakenOfWorker();

    private static byte[] TakenOfWorker()
    {
        var host = WorkerHost();
        host.Subscribe(Number);
        host.Publish(Number.With(3));
        host.Start();
        host.PostLifo(Go);
        host.PostLifo(Number.With(1));
        host.NextRtc();
        host.NextRtc();
        host.PostFifo(Number.With(2), new PostTiming(TimeSpan.FromSeconds(2), Times: 3));
        return host.Snapshot(WorkerCodec)[..^CheckBytes];
    }

    private static SnapshotRefusal RestoreWorker(byte[] snapshot)
    {
        var host = WorkerHost();
        var result = host.Restore(snapshot, WorkerCodec);
        if (result.IsRestored)
        {
            host.PostFifo(Go);
            host.PostFifo(new Signal("END"));
            host.CompleteCircuit();
            Assert.That(host.Status, Is.EqualTo(ChartStatus.Running));
            host.Stop();
        }

        return result.Refusal;
    }

    private static ChartHost<List<string>> WorkerHost() =>
        new(Working, [], new ManualTimeProvider(), new HostOptions { Bus = new EventBus() });

    private static byte[] Mutated(byte[] content, Random random)
    {
        var changed = new List<byte>(content);
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            // The hash makes up much of it: most changes are meant for what lies behind.
            var place = random.Next(random.Next(8) == 0 ? 0 : 37, changed.Count);
            switch (random.Next(4))
            {
                case 0:
                    changed[place] = (byte)random.Next(256);
                    break;
                case 1:
                    changed[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    changed.InsertRange(place, content.AsSpan(random.Next(content.Length - 4), random.Next(1, 4)));
                    break;
                default:
                    changed.RemoveAt(place);
                    break;
            }
        }

        return [.. changed];
    }

    private static byte[] Checked(byte[] content) =>
        [.. content, .. SHA256.HashData(content).AsSpan(0, CheckBytes)];

    private static SnapshotRefusal Restore(byte[] snapshot)
    {
        var time = new ManualTimeProvider();
        var host = Host(time);
        var result = host.Restore(snapshot, Codec);
        if (result.IsRestored)
        {
            // What was taken must also run, whatever it is.
            Post(host, "close", "tick", "power", "power");
            Assert.That(host.Status, Is.EqualTo(ChartStatus.Running));
            host.Stop();
        }

        return result.Refusal;
    }

    private static byte[] Taken()
    {
        var time = new ManualTimeProvider();
        var host = Host(time);
        host.Start();
        Post(host, "open", "start", "power", "power");
        time.Advance(TimeSpan.FromSeconds(1.5));
        host.PostFifo(new Event(new Signal("unknown"), "text"));
        host.PostFifo(new Event(new Signal("start"), 5));
        return host.Snapshot(Codec);
    }

    private static ChartHost<ScxmlMemory> Host(ManualTimeProvider time) => new(
        Device.Chart, Device.CreateMemory(), time, new HostOptions { Name = "device", Bus = new EventBus() });

    private static void Post(ChartHost<ScxmlMemory> host, params string[] names)
    {
        foreach (var name in names)
        {
            host.PostFifo(host.SignalOf(name));
            host.CompleteCircuit();
        }
    }
}
