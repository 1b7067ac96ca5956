using Mesh.Statecharts.Engine;

namespace Mesh.Statecharts.Definition;

/// <summary>The code of a state that is written as a method: entry, exit and init ask the method.</summary>
internal static class MethodCode
{
    public static StateCode<TContext> Of<TContext>(string state, StateMethod<TContext> method)
    {
        return new StateCode<TContext>(
            new EffectCode<TContext>((context, chart, _) => Ask(StateSignals.Entry, context, chart)),
            new EffectCode<TContext>((context, chart, _) => Ask(StateSignals.Exit, context, chart)),
            default,
            (context, chart, _) => TargetOf(StateSignals.Init, method(chart, context, StateSignals.Init), chart),
            null)
        {
            Method = method,
        };

        void Ask(Signal signal, TContext context, IChart chart)
        {
            if (TargetOf(signal, method(chart, context, signal), chart) is { } target)
            {
                throw new InvalidOperationException($"state '{state}' answered {signal} with a way to '{target}'");
            }
        }

        string? TargetOf(Signal signal, StateAnswer answer, IChart chart)
        {
            if (answer.Report is { } report)
            {
                if (report != Report.Super)
                {
                    ((IChartInside)chart).NoteReport(report);
                }

                return null;
            }

            return answer.Target ?? throw NoAnswer(state, signal);
        }
    }

    /// <summary>What is thrown when a method answered nothing.</summary>
    public static InvalidOperationException NoAnswer(string state, Signal signal) =>
        new($"state '{state}' gave no answer to {signal}");
}
