using System.Threading.Channels;
using Mesh.Core.Transport;
using Microsoft.Extensions.Logging;

namespace Mesh.Core.Runtime;

/// <summary>The one thread that owns a node's sockets and protocol state, and the way in for other threads.</summary>
/// <remarks>
/// <code>
/// turn: work of other threads ─▶ sockets, charts, timers ─▶ sleep until a socket, a chart, work or a deadline
/// </code>
/// </remarks>
internal sealed partial class NodeLoop : IAsyncDisposable
{
    private const int MaxQueuedWork = 1_024;
    private const int MaxWorkPerTurn = 64;

    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(10);

    private readonly ITransport _transport;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly long _epoch;
    private readonly Channel<Action<TimeSpan>> _work;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private NodeCore? _core;
    private volatile bool _isStopping;

    /// <summary>Makes a loop that does not run yet.</summary>
    /// <param name="transport">What it waits on; not owned.</param>
    /// <param name="timeProvider">The monotonic clock.</param>
    /// <param name="logger">Where a fault of the loop goes.</param>
    public NodeLoop(ITransport transport, TimeProvider timeProvider, ILogger logger)
    {
        _transport = transport;
        _timeProvider = timeProvider;
        _logger = logger;
        _epoch = timeProvider.GetTimestamp();
        _work = Channel.CreateBounded<Action<TimeSpan>>(
            new BoundedChannelOptions(MaxQueuedWork) { SingleReader = true });
        _thread = new Thread(Run) { IsBackground = true, Name = "mesh loop" };
    }

    /// <summary>Completes when the loop has ended; faulted when it broke down.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether the loop was ever given something to run.</summary>
    public bool HasStarted => _core is not null;

    /// <summary>Monotonic time since the loop was made.</summary>
    public TimeSpan Now => _timeProvider.GetElapsedTime(_epoch);

    /// <summary>Starts the thread.</summary>
    /// <param name="core">What it runs; disposed by the loop at its end.</param>
    public void Start(NodeCore core)
    {
        _core = core;
        _thread.Start();
    }

    /// <summary>Runs something on the loop thread.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="work">Called once with the loop's time; short, and does not wait.</param>
    /// <param name="cancellationToken">Gives up waiting for room in the queue or for the result.</param>
    /// <returns>What the work gave.</returns>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    public async Task<T> InvokeAsync<T>(Func<TimeSpan, T> work, CancellationToken cancellationToken)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await PostAsync(
            now =>
            {
                try
                {
                    result.TrySetResult(work(now));
                }
                catch (MeshException exception)
                {
                    result.TrySetException(exception);
                }
            },
            cancellationToken).ConfigureAwait(false);
        var ended = _ended.Task;
        await Task.WhenAny(result.Task, ended).WaitAsync(cancellationToken).ConfigureAwait(false);
        ObjectDisposedException.ThrowIf(!result.Task.IsCompleted, this);

        return await result.Task.ConfigureAwait(false);
    }

    /// <summary>Says goodbye to all sessions, ends the loop, and waits for it.</summary>
    /// <returns>A task that completes when the thread has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        _isStopping = true;
        _work.Writer.TryComplete();
        _transport.Wake();
        if (_thread.IsAlive)
        {
            await _ended.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async ValueTask PostAsync(Action<TimeSpan> work, CancellationToken cancellationToken)
    {
        try
        {
            await _work.Writer.WriteAsync(work, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(NodeLoop));
        }

        _transport.Wake();
    }

    private void Run()
    {
        try
        {
            using (var core = _core!)
            {
                while (!_isStopping)
                {
                    Turn(core);
                }

                SayGoodbye(core);
            }

            // Only now: whoever waits for the end closes the transport and the keys that the core has just let go.
            _ended.TrySetResult();
        }
        catch (Exception exception)
        {
            // The top of the loop: nothing above could go on with half a turn done.
            LogBroken(exception);
            _work.Writer.TryComplete();
            _ended.TrySetException(exception);
        }
    }

    private void Turn(NodeCore core)
    {
        var now = Now;
        var hasMore = DoWork(now) | core.Turn(now);
        var tending = _transport.Tend(now);
        if (hasMore || core.Doorbell?.TrySleep() == false)
        {
            _transport.Poll(TimeSpan.Zero);
            return;
        }

        now = Now;
        var next = core.NextDeadline(now);
        var sleep = (tending < next ? tending : next) - now;
        _transport.Poll(sleep < TimeSpan.Zero ? TimeSpan.Zero : sleep < LongestSleep ? sleep : LongestSleep);
        core.Doorbell?.Awake();
    }

    private bool DoWork(TimeSpan now)
    {
        for (var count = 0; count < MaxWorkPerTurn; count++)
        {
            if (!_work.Reader.TryRead(out var work))
            {
                return false;
            }

            work(now);
        }

        return true;
    }

    private void SayGoodbye(NodeCore core)
    {
        while (DoWork(Now))
        {
            // What was asked for before the end is still answered.
        }

        var until = Now + GoodbyeTime;
        core.Shutdown(Now);
        while (!core.IsQuiet && Now < until)
        {
            core.Turn(Now);
            _ = _transport.Tend(Now);
            _transport.Poll(TimeSpan.FromMilliseconds(10));
        }
    }

    [LoggerMessage(1902, LogLevel.Error, "The loop of the node broke down")]
    private partial void LogBroken(Exception exception);
}
