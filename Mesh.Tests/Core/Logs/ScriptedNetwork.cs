namespace Mesh.Tests.Core.Logs;

/// <summary>Virtual time, and a network that drops, doubles, delays and reorders by a seed.</summary>
internal sealed class ScriptedNetwork(int seed)
{
    private readonly PriorityQueue<Action<TimeSpan>, (TimeSpan, long)> _events = new();
    private long _order;

    public Random Random { get; } = new(seed);

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(100);

    public int DropPercent { get; set; }

    public int DoublePercent { get; set; }

    public int LatePercent { get; set; }

    public int MaxLateMs { get; set; } = 60;

    public int MaxSessionDelayMs { get; set; } = 2;

    public TimeSpan SessionDelay() => TimeSpan.FromMilliseconds(Random.Next(MaxSessionDelayMs + 1));

    public void At(TimeSpan time, Action<TimeSpan> happens) => _events.Enqueue(happens, (time, _order++));

    /// <summary>Sends a copy of a frame over the lossy network.</summary>
    public void Publish(Action<TimeSpan> deliver)
    {
        var copies = Random.Next(100) < DropPercent ? 0 : Random.Next(100) < DoublePercent ? 2 : 1;
        for (var copy = 0; copy < copies; copy++)
        {
            var delayMs = Random.Next(100) < LatePercent ? Random.Next(MaxLateMs) : 1;
            At(Now + TimeSpan.FromMilliseconds(delayMs), deliver);
        }
    }

    /// <summary>Lets everything happen that is due within a time.</summary>
    public void Run(TimeSpan time)
    {
        var until = Now + time;
        while (_events.TryPeek(out var happens, out var when) && when.Item1 <= until)
        {
            _ = _events.Dequeue();
            Now = when.Item1 > Now ? when.Item1 : Now;
            happens(Now);
        }

        Now = until;
    }
}
