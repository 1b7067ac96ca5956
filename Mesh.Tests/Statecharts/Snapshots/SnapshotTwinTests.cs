using System.Globalization;
using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Snapshots;
using Mesh.Tests.Statecharts.Oracle;
using Mesh.Tests.Statecharts.ScxmlOracle;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Snapshots;

/// <summary>A chart that was restored from a snapshot does what the one does of which it was taken.</summary>
public sealed class SnapshotTwinTests
{
    private const int ChartCount = 500;
    private const int EventCount = 100;
    private const int Seed = 20_260_321;
    private const int Fuel = 8;

    private static readonly string[] Signals = ["A", "B", "C", "D", "E", "F", "Q", "R", "Zz"];

    private static readonly DelegateCodec<BoundContext> BoundCodec = new(
        context => string.Join('\n', context.Memory.Variables.Select(pair => $"v {pair.Key} {pair.Value}")
            .Concat(context.Memory.Slots.Select(pair => $"s {pair.Key} {pair.Value}"))),
        ReadBound);

    private static readonly DelegateCodec<EngineFace> FaceCodec = new(
        face => face.Fuel.ToString(CultureInfo.InvariantCulture),
        (face, text) => face.Fuel = int.Parse(text, CultureInfo.InvariantCulture));

    private static readonly DelegateCodec<HoldingContext> HoldingCodec = new(_ => "", (_, _) => { });

    [Test]
    public void Restore_MakesATwin_WhenChartsOfTheSamekProfileAreRandom()
    {
        var reached = new Reached();
        for (var seed = Seed; reached.Twins < ChartCount; seed++)
        {
            var random = new Random(seed);
            var spec = CaseMaker.Make(random, 0).Chart;
            var chart = SpecBinder.Bind(spec);
            var script = new TwinScript(random, () => Signals[random.Next(Signals.Length)]);
            Play(
                seed,
                random,
                script,
                time => new ChartHost<BoundContext>(chart, new BoundContext(), time, Options()),
                BoundCodec,
                spec.States[random.Next(spec.States.Count)].Name,
                context => string.Join(' ', context.Memory.Variables.OrderBy(each => each.Key, StringComparer.Ordinal)),
                reached);
        }

        reached.Check();
    }

    [Test]
    public void Restore_MakesATwin_WhenChartsOfTheScxmlProfileAreRandom()
    {
        var reached = new Reached();
        for (var seed = Seed; reached.Twins < ChartCount; seed++)
        {
            var random = new Random(seed);
            var maker = new RandomChartMaker(random);
            var chart = maker.Make().Build();
            var script = new TwinScript(random, maker.NextEvent);
            Play(
                seed,
                random,
                script,
                time => new ChartHost<EngineFace>(chart, new EngineFace { Fuel = Fuel }, time, Options()),
                FaceCodec,
                null,
                face => TakeLog(face.Log),
                reached);
        }

        reached.Check();
    }

    // Timers that fired and wait, work that ended and waits, and events that states hold are the states' alone.
    [Test]
    public void Restore_MakesATwin_WhenStatesHoldTimersEventsAndWork(
        [Values(Profile.Samek, Profile.Scxml)] Profile profile)
    {
        var reached = new Reached { IsTimed = false };
        for (var seed = Seed; reached.Twins < ChartCount; seed++)
        {
            var random = new Random(seed);
            var maker = new HoldingChartMaker(random, profile);
            var chart = maker.Make();
            var script = new TwinScript(random, maker.NextEvent) { IsTimed = false };
            Play(
                seed,
                random,
                script,
                time => new ChartHost<HoldingContext>(chart, new HoldingContext(), time, Options()),
                HoldingCodec,
                null,
                context => TakeLog(context.Log),
                reached);
        }

        reached.Check();
    }

    private static void Play<TContext>(
        int seed,
        Random random,
        TwinScript script,
        Func<ManualTimeProvider, ChartHost<TContext>> make,
        SnapshotCodec<TContext> codec,
        string? start,
        Func<TContext, string> look,
        Reached reached)
    {
        var time = new ManualTimeProvider();
        var original = make(time);
        original.Start(start);
        for (var count = random.Next(EventCount); count > 0 && original.Status == ChartStatus.Running; count--)
        {
            Refuel(original);
            script.Next<TContext>()(original, time);
        }

        if (original.Status != ChartStatus.Running)
        {
            return;
        }

        var twinTime = new ManualTimeProvider();
        var twin = make(twinTime);
        reached.Count(original);
        var result = twin.Restore(original.Snapshot(codec), codec);

        Assert.That(result, Is.EqualTo(default(RestoreResult)), $"seed {seed}");
        _ = look(original.Context);
        original.ClearTrace();
        var (expected, actual) = (Listen(original), Listen(twin));
        for (var count = 0; count < EventCount; count++)
        {
            var act = script.Next<TContext>();
            Refuel(original);
            Refuel(twin);
            act(original, time);
            act(twin, twinTime);

            var (own, others) = (Facts(twin, look), Facts(original, look));
            if (own != others || !actual.SequenceEqual(expected))
            {
                Assert.That((own, actual), Is.EqualTo((others, expected)), $"seed {seed}, event {count}");
            }

            expected.Clear();
            actual.Clear();
        }

        Assert.That(Stamps.Strip(twin.Trace()), Is.EqualTo(Stamps.Strip(original.Trace())), $"seed {seed}");
    }

    private static List<string> Listen<TContext>(ChartHost<TContext> host)
    {
        var lines = new List<string>();
        host.RegisterLiveSpyCallback(lines.Add);
        host.LiveSpy = true;
        return lines;
    }

    private static string Facts<TContext>(ChartHost<TContext> host, Func<TContext, string> look)
    {
        var active = string.Join(' ', host.Definition.States.Select(state => state.Name).Where(host.IsIn));
        return $"{host.StateName} {host.Status} [{active}] {host.QueuedCount} {host.DeferredCount} "
            + $"{host.TimedPostCount} {look(host.Context)}";
    }

    private static void Refuel<TContext>(ChartHost<TContext> host)
    {
        if (host.Context is EngineFace face)
        {
            face.Fuel = Fuel;
        }
    }

    private static string TakeLog(List<string> log)
    {
        var taken = string.Join('|', log);
        log.Clear();
        return taken;
    }

    private static HostOptions Options() => new() { Name = "chart", Bus = new EventBus(), QueueCapacity = 20 };

    private static void ReadBound(BoundContext context, string text)
    {
        foreach (var words in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')))
        {
            if (words[0] == "v")
            {
                context.Memory.Variables[words[1]] = int.Parse(words[2], CultureInfo.InvariantCulture);
            }
            else
            {
                context.Memory.Slots[words[1]] = words[2];
            }
        }
    }

    // So that the test cannot pass by never keeping anything.
    private sealed class Reached
    {
        private int _queued;
        private int _deferred;
        private int _timed;

        public bool IsTimed { get; init; } = true;

        public int Twins { get; private set; }

        public void Count<TContext>(ChartHost<TContext> chart)
        {
            Twins++;
            _queued += chart.QueuedCount > 0 ? 1 : 0;
            _deferred += chart.DeferredCount > 0 ? 1 : 0;
            _timed += chart.TimedPostCount > 0 ? 1 : 0;
        }

        public void Check()
        {
            TestContext.Out.WriteLine($"{Twins} twins: {_queued} with queues, {_deferred} deferred, {_timed} timed");
            Assert.That(Math.Min(_queued, _deferred), Is.GreaterThan(ChartCount / 10));
            Assert.That(_timed, IsTimed ? Is.GreaterThan(ChartCount / 10) : Is.Zero);
        }
    }
}
