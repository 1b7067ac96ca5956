using Mesh.Statecharts.Hosting;

namespace Mesh.Node.Samples;

/// <summary>Posts events to a chart from outside, one a period, until there are no more or it is disposed.</summary>
internal sealed class EventDriver : IAsyncDisposable
{
    private readonly ActiveObject<Nothing> _chart;
    private readonly PeriodicTimer _timer;
    private readonly Task _loop;

    /// <summary>Begins; the first event is posted after one period.</summary>
    /// <param name="chart">The chart; owned from here on.</param>
    /// <param name="signals">The names of the signals, in order; may be endless.</param>
    /// <param name="period">The time between two events; longer than zero.</param>
    /// <param name="time">The clock.</param>
    public EventDriver(ActiveObject<Nothing> chart, IEnumerable<string> signals, TimeSpan period, TimeProvider time)
    {
        _chart = chart;
        _timer = new PeriodicTimer(period, time);
        _loop = RunAsync(signals);
    }

    /// <summary>Ends posting, then the chart.</summary>
    /// <returns>A task that completes when the chart runs no more.</returns>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop;
        await _chart.DisposeAsync();
    }

    private async Task RunAsync(IEnumerable<string> signals)
    {
        foreach (var signal in signals)
        {
            if (!await _timer.WaitForNextTickAsync())
            {
                return;
            }

            // A full queue refuses and counts; the next period has the next event.
            _ = _chart.PostFifo(_chart.SignalOf(signal));
        }
    }
}
