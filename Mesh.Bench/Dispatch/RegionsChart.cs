using Mesh.Statecharts;
using Mesh.Statecharts.Definition;

namespace Mesh.Bench.Dispatch;

/// <summary>A chart of three parallel regions with a handler for each entry, exit and effect: a player whose transport,
/// volume and light run side by side.</summary>
/// <remarks>
/// <code>
/// on ─┬─ transport: stopped, playing, paused      A starts and stops, B pauses and goes on
///     ├─ volume: low, high                        C turns
///     └─ light: dark, dim, bright                 D brightens, A dims what is bright
/// </code>
/// A is for two regions, E resets all of them, F nobody takes.
/// </remarks>
internal static class RegionsChart
{
    /// <summary>The signals A to F.</summary>
    public static readonly Signal[] Signals = [.. "ABCDEF".Select(name => new Signal($"{name}"))];

    /// <summary>A walk of 20 events through all of the chart, after which it is where it began.</summary>
    public static readonly int[] Walk = [.. "ABCDDABBCFADDACBCDDE".Select(name => name - 'A')];

    public static Chart<ClassicCounter> Define() => Chart.Define<ClassicCounter>("regions", c =>
    {
        c.Profile(Profile.Scxml);
        var (a, b, cc, d, e) = (Signals[0], Signals[1], Signals[2], Signals[3], Signals[4]);
        var on = c.State("on", StateKind.Parallel).Entry(o => o.Sum += 1).Exit(o => o.Sum += 2);
        on.On(e).Do(o => o.Sum += 3).Goto("on");
        c.State("elsewhere").On(Signals[5]).Handled();

        var transport = State(on.State("transport"), 4);
        State(transport.State("stopped"), 6).On(a).Do(o => o.Sum += 50).Goto("playing");
        State(transport.State("playing"), 8).On(a).Goto("stopped").On(b).Goto("paused");
        State(transport.State("paused"), 10).On(b).Do(o => o.Sum += 51).Goto("playing");

        var volume = State(on.State("volume"), 12);
        State(volume.State("low"), 14).On(cc).Goto("high");
        State(volume.State("high"), 16).On(cc).Do(o => o.Sum += 52).Goto("low");

        var light = State(on.State("light"), 18);
        State(light.State("dark"), 20).On(d).Goto("dim");
        State(light.State("dim"), 22).On(d).Do(o => o.Sum += 53).Goto("bright");
        State(light.State("bright"), 24).On(a).Goto("dim").On(d).Do(o => o.Sum += 54).Handled();
    });

    private static StateBuilder<ClassicCounter> State(StateBuilder<ClassicCounter> state, int number) =>
        state.Entry(o => o.Sum += number).Exit(o => o.Sum += number + 1);
}
