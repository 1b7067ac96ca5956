using System.Globalization;
using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.ScxmlOracle;

/// <summary>The engine does what the algorithm of the standard does.</summary>
public sealed class ScxmlAgainstOracleTests
{
    private const int DefaultChartCount = 300;
    private const int DefaultEventCount = 40;
    private const int DefaultSeed = 20_260_101;
    private const int FuelPerEvent = 8;

    // A step that tells more has lost its first lines.
    private const int MaxComparedLines = 200;

    [Test]
    public void Engine_DoesWhatTheOracleDoes_WhenChartsAndEventsAreRandom()
    {
        var seed = NumberFrom("MESH_SCXML_SEED", DefaultSeed);
        var charts = NumberFrom("MESH_SCXML_CHARTS", DefaultChartCount);
        var events = NumberFrom("MESH_SCXML_EVENTS", DefaultEventCount);
        var reached = new Reached();
        TestContext.Out.WriteLine($"{charts} charts x {events} events from seed {seed}");

        for (var index = 0; index < charts; index++)
        {
            Compare(seed + index, events, reached);
        }

        TestContext.Out.WriteLine(reached);
        Assert.That(reached.Regions, Is.GreaterThan(charts / 10), "charts with several innermost states");
        Assert.That(reached.Done, Is.GreaterThan(0), "charts that came to their end");
    }

    private static void Compare(int seed, int events, Reached reached)
    {
        var maker = new RandomChartMaker(new Random(seed));
        var random = maker.Make();
        var chart = random.Build();
        var oracle = new OracleInterpreter(chart.Definition, random) { Fuel = FuelPerEvent };
        var engine = new EngineFace { Fuel = FuelPerEvent };
        var host = new ChartHost<EngineFace>(chart, engine, new ManualTimeProvider());

        oracle.Start();
        host.Start();
        Check(seed, -1, oracle, host);
        for (var number = 0; number < events && !oracle.IsDone; number++)
        {
            var name = maker.NextEvent();
            oracle.Fuel = engine.Fuel = FuelPerEvent;
            oracle.Log.Clear();
            engine.Log.Clear();
            host.PostFifo(new Signal(name));

            oracle.Dispatch(name);
            host.NextRtc();

            Check(seed, number, oracle, host);
            reached.Steps++;
            reached.Regions += oracle.Leaves.Contains(',') ? 1 : 0;
        }

        reached.Done += oracle.IsDone ? 1 : 0;
    }

    private static void Check(int seed, int number, OracleInterpreter oracle, ChartHost<EngineFace> host)
    {
        var where = $"seed {seed}, event {number}";
        Assert.That(host.Context.Log, Is.EqualTo(oracle.Log), where);
        Assert.That(host.StateName, Is.EqualTo(oracle.Leaves), where);
        Assert.That(host.Status == ChartStatus.Done, Is.EqualTo(oracle.IsDone), where);
        if (oracle.Spy.Count <= MaxComparedLines)
        {
            Assert.That(host.SpyRtc().SkipLast(1), Is.EqualTo(oracle.Spy), where);
        }

        var active = host.Definition.States.Select(state => state.Name).Where(host.IsIn);
        Assert.That(string.Join(' ', active), Is.EqualTo(string.Join(' ', oracle.Active)), where);
    }

    private static int NumberFrom(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    // So that the test cannot pass by never getting anywhere.
    private sealed class Reached
    {
        public int Steps { get; set; }

        public int Regions { get; set; }

        public int Done { get; set; }

        public override string ToString() => $"{Steps} steps, {Regions} in regions, {Done} charts done";
    }
}
