using System.Globalization;
using Mesh.Statecharts.Engine;

namespace Mesh.Statecharts.Definition;

/// <content>What a state holds while it is active: timers, deferred events, work.</content>
public sealed partial class StateBuilder<TContext>
{
    private readonly List<StateTimer<TContext>> _timers = [];
    private readonly List<StateWork<TContext>> _works = [];
    private bool _defers;

    /// <summary>Begins a reaction to having been in this state for a time, also by staying inside of it. The timer
    /// starts after the entry handler, on the clock of the host, and ends when the state is left: what it posted
    /// and did not run yet is taken back then.</summary>
    /// <param name="duration">How long; not negative. Zero posts at once.</param>
    /// <returns>The reaction to the signal <c>after.STATE.MILLISECONDSms</c>.</returns>
    public TransitionBuilder<TContext> After(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        var name = string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds}ms");
        return After(name, (_, _) => duration);
    }

    /// <summary>Begins a reaction to having been in this state for a time that is told when the state is
    /// entered.</summary>
    /// <param name="name">What the timer is called; unique in the state.</param>
    /// <param name="duration">How long; a negative time is a fault of the chart.</param>
    /// <returns>The reaction to the signal <c>after.STATE.NAME</c>.</returns>
    public TransitionBuilder<TContext> After(string name, Func<TContext, TimeSpan> duration)
    {
        ArgumentNullException.ThrowIfNull(duration);
        return After(name, (context, _) => duration(context));
    }

    /// <summary>Puts aside the events of a signal that no state inside of this one takes, until this one is left. Then
    /// they go to the front of the queue, in the order in which they first came; one that is deferred again keeps its
    /// place. An event is deferred or handled, never both. When as many are deferred as the queue holds, a further one
    /// is thrown away and counted.</summary>
    /// <remarks>With parallel regions it is as UML 2.5.1 (14.2.3.4.4) and PSSM (Deferred 004-A) have it: a transition
    /// goes before only if its source is this state or lies in it. What another region would do with the event waits
    /// with it. An event that a handler raised comes back through the queue.</remarks>
    /// <param name="signal">The signal.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> Defer(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        _defers = true;
        var draft = Draft([signal]);
        draft.SetEffect("defer", new EffectCode<TContext>((_, chart, _) => ((IChartInside)chart).Hold(Name)));
        draft.MarkDeferral();
        draft.End(TransitionKind.Hook);
        return this;
    }

    /// <summary>Starts work after the entry handler; its result comes back as an event. It is cancelled when the state
    /// is left: nothing of it is told then, nor when the chart ends.</summary>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    /// <param name="work">
    /// Starts it on the thread of the chart, so it must not block; the handlers' data are theirs alone as soon as the
    /// method has returned its task. The token says that the state was left.
    /// </param>
    /// <param name="completed">Carries the result, at the end of the queue, which may be full.</param>
    /// <param name="failed">Carries what the work threw.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> Work<TResult>(
        Func<TContext, CancellationToken, Task<TResult>> work,
        Signal<TResult> completed,
        Signal<Exception> failed)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(completed);
        ArgumentNullException.ThrowIfNull(failed);
        _works.Add(new StateWork<TContext>(
            string.Create(CultureInfo.InvariantCulture, $"work.{Name}.{_works.Count}"),
            (context, token) => WorkCode.Start(inner => work(context, inner), token),
            ended => WorkCode.Told(ended, completed, failed)));
        return this;
    }

    /// <summary>Makes the state a method.</summary>
    internal void SetMethod(StateMethod<TContext> method) => _code = MethodCode.Of(Name, method);

    /// <summary>The code of the author with what the state holds.</summary>
    internal StateCode<TContext> CompleteCode()
    {
        var (entry, exit) = (_code.Entry, _code.Exit);
        return _code with
        {
            Works = _works.Count == 0 ? null : _works,
            Timers = _timers.Count == 0 ? null : _timers.ConvertAll(timer => timer.Signal),
            Entry = _timers.Count + _works.Count == 0 ? entry : new EffectCode<TContext>((context, chart, payload) =>
            {
                Run(entry, context, chart, payload, isEntry: true);
            }),
            Exit = _timers.Count + _works.Count == 0 && !_defers ? exit
                : new EffectCode<TContext>((context, chart, payload) =>
                {
                    Run(exit, context, chart, payload, isEntry: false);
                }),
        };
    }

    private TransitionBuilder<TContext> After(string name, Func<TContext, IChart, TimeSpan> duration)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var signal = new Signal($"after.{Name}.{name}");
        if (_timers.Exists(timer => timer.Signal == signal))
        {
            throw new ChartDefinitionException($"state '{Name}' has two timers called '{name}'");
        }

        _timers.Add(new StateTimer<TContext>(signal, duration));
        return On(signal);
    }

    // A handler that throws faults a chart of the Samek profile; one of the Scxml profile goes on, with its timers.
    private void Run(EffectCode<TContext> code, TContext context, IChart chart, object? payload, bool isEntry)
    {
        var hasThrown = true;
        try
        {
            code.Run(context, chart, payload);
            hasThrown = false;
        }
        finally
        {
            var isDue = !hasThrown || _chart.HasProfile(Profile.Scxml);
            if (isDue && isEntry)
            {
                Begin(context, (IChartInside)chart);
            }
            else if (isDue)
            {
                End((IChartInside)chart);
            }
        }
    }

    private void Begin(TContext context, IChartInside chart)
    {
        foreach (var timer in _timers)
        {
            chart.Arm(timer.Signal, timer.Duration(context, chart));
        }

        foreach (var work in _works)
        {
            chart.StartWork(work.Owner, token => work.Start(context, token), work.Told);
        }
    }

    private void End(IChartInside chart)
    {
        foreach (var timer in _timers)
        {
            chart.Disarm(timer.Signal.Name);
        }

        foreach (var work in _works)
        {
            chart.CancelWork(work.Owner);
        }

        if (_defers)
        {
            chart.Release(Name);
        }
    }
}
