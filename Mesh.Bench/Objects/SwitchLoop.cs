using System.Threading.Channels;
using Mesh.Bench.Dispatch;

namespace Mesh.Bench.Objects;

/// <summary>The baseline of an active object: the chart as a switch, in a task that reads a channel.</summary>
internal sealed class SwitchLoop
{
    private const int EndOfRound = -1;

    private readonly Channel<int> _channel = Channel.CreateUnbounded<int>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly ClassicCounter _counter = new();
    private readonly ClassicSwitch _chart;
    private readonly RoundEnd _end;

    public SwitchLoop(RoundEnd end)
    {
        _end = end;
        _chart = new ClassicSwitch(_counter);
        _chart.Start();
        Loop = RunAsync();
    }

    /// <summary>The sum of its work.</summary>
    public long Sum => _counter.Sum;

    /// <summary>Ends after <see cref="Close"/>.</summary>
    public Task Loop { get; }

    /// <summary>Sends an event.</summary>
    public void Post(int signal) => _channel.Writer.TryWrite(signal);

    /// <summary>Has the end of a round told when all before was done.</summary>
    public void PostEnd() => _channel.Writer.TryWrite(EndOfRound);

    /// <summary>Sends no more.</summary>
    public void Close() => _channel.Writer.Complete();

    private async Task RunAsync()
    {
        while (await _channel.Reader.WaitToReadAsync())
        {
            while (_channel.Reader.TryRead(out var signal))
            {
                if (signal == EndOfRound)
                {
                    _end.CountDown();
                }
                else
                {
                    _chart.Dispatch(signal);
                }
            }
        }
    }
}
