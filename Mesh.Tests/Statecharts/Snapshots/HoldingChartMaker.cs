using Mesh.Statecharts;
using Mesh.Statecharts.Definition;

namespace Mesh.Tests.Statecharts.Snapshots;

/// <summary>Makes random charts whose states have timers, defer events and do work.</summary>
internal sealed class HoldingChartMaker(Random random, Profile profile)
{
    private const int MaxStates = 8;
    private const int MaxDuration = 60;

    private static readonly Signal[] Signals = [new("X"), new("Y"), new("Z")];
    private static readonly Signal Finish = new("FINISH");
    private static readonly Signal<string> Done = new("DONE");
    private static readonly Signal<Exception> Failed = new("FAILED");

    private readonly List<StateBuilder<HoldingContext>> _states = [];

    public Chart<HoldingContext> Make() => Chart.Define<HoldingContext>("holding", c =>
    {
        c.Profile(profile);
        var root = c.State("root").Init("s0");
        root.On(Finish).Do(context => context.Finish()).Handled();
        root.On(Done).Do((context, name) => context.Log.Add($"{name} done")).Handled();
        AddStates(root);
        foreach (var state in _states)
        {
            Furnish(state);
        }
    });

    public string NextEvent() => random.Next(4) == 0 ? Finish.Name : Signals[random.Next(Signals.Length)].Name;

    private void AddStates(StateBuilder<HoldingContext> root)
    {
        var isParallel = profile == Profile.Scxml;
        var first = root.State("s0", isParallel ? StateKind.Parallel : StateKind.Ordinary);
        _states.AddRange([first, first.State("s1"), first.State("s2")]);
        for (var count = random.Next(1, MaxStates); count > 0; count--)
        {
            var outer = _states[random.Next(1, _states.Count)];
            _states.Add((random.Next(4) == 0 ? root : outer).State($"s{_states.Count}"));
        }
    }

    private void Furnish(StateBuilder<HoldingContext> state)
    {
        var name = state.Name;
        state.Entry(context => context.Log.Add($"enter {name}"));
        foreach (var signal in Signals)
        {
            switch (random.Next(5))
            {
                case 0:
                    state.Defer(signal);
                    break;
                case 1 or 2:
                    state.On(signal).Goto(Anywhere());
                    break;
            }
        }

        if (random.Next(2) == 0)
        {
            var timer = state.After(TimeSpan.FromMilliseconds(random.Next(1, MaxDuration)))
                .Do(context => context.Log.Add($"after {name}"));
            _ = random.Next(2) == 0 ? timer.Handled() : timer.Goto(Anywhere());
        }

        if (random.Next(3) == 0)
        {
            state.Work((context, _) => context.Begin(name), Done, Failed);
        }
    }

    private string Anywhere() => $"s{random.Next(_states.Count)}";
}
