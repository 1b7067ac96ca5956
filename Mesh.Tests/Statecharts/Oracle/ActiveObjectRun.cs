using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>Plays scripts of events that come one at a time on an active object, which runs by itself.</summary>
internal static class ActiveObjectRun
{
    /// <summary>Starts the chart, posts each event and waits until the chart is idle again.</summary>
    /// <param name="chartCase">The case; its script holds the start and signals alone.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>What can be seen of the chart, without live output.</returns>
    public static async Task<OracleRun> RunAsync(ChartCase chartCase, CancellationToken cancellationToken)
    {
        var context = new BoundContext();
        var options = new HostOptions { Name = chartCase.Chart.Name, Bus = new EventBus() };
        var chart = SpecBinder.Bind(chartCase.Chart);
        await using var active = new ActiveObject<BoundContext>(chart, context, new ManualTimeProvider(), options);

        active.Start(chartCase.Script[0].Split(' ')[1]);
        await active.WhenIdleAsync(cancellationToken);
        foreach (var signal in chartCase.Script.Skip(1))
        {
            active.PostFifo(SpecSignals.Of(signal));
            await active.WhenIdleAsync(cancellationToken);
        }

        var variables = context.Memory.Variables;
        return new OracleRun(active.StateName, active.Spy(), Stamps.Strip(active.Trace()), [], variables);
    }
}
