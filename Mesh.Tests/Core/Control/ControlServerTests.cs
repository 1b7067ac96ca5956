using System.Net.Sockets;
using Mesh.Core.Control;
using Mesh.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Mesh.Tests.Core.Control;

/// <summary>The owner's local socket, on a real one in a folder of the test.</summary>
[Category("Socket")]
public sealed class ControlServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private int _accepts;
    private int _failures;

    private string Path => _folder["s"];

    [Test, CancelAfter(30_000)]
    public async Task RunAsync_GoesOn_WhenConnectionsCannotBeTaken(CancellationToken cancellationToken)
    {
        _failures = 8;
        using var stop = new CancellationTokenSource();
        var (server, running) = await StartAsync(stop.Token, cancellationToken);

        // The first try again is at once, the others wait: 100 ms, doubling to 5 s.
        var pauses = new List<double>();
        for (var pause = 1; pause < _failures; pause++)
        {
            var before = _time.GetTimestamp();
            await _time.AdvanceToNextTimerAsync(cancellationToken);
            pauses.Add(_time.GetElapsedTime(before).TotalMilliseconds);
        }

        var answer = await new ControlClient(Path).AskAsync(Request, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer!.Message, Is.EqualTo("heard"));
            Assert.That(server.FailedAccepts, Is.EqualTo(_failures));
            Assert.That(pauses, Is.EqualTo(new double[] { 100, 200, 400, 800, 1_600, 3_200, 5_000 }));
            Assert.That(running.IsCompleted, Is.False);
        }

        await stop.CancelAsync();
        await running.WaitAsync(cancellationToken);
        Assert.That(File.Exists(Path), Is.False);
    }

    [Test, CancelAfter(30_000)]
    public async Task RunAsync_Ends_WhenItIsStoppedInAPause(CancellationToken cancellationToken)
    {
        _failures = int.MaxValue;
        using var stop = new CancellationTokenSource();
        var (_, running) = await StartAsync(stop.Token, cancellationToken);
        await _time.AdvanceToNextTimerAsync(cancellationToken);

        await stop.CancelAsync();
        await running.WaitAsync(cancellationToken);

        Assert.That(running.IsCompletedSuccessfully, Is.True);
    }

    public void Dispose() => _folder.Dispose();

    private static ControlRequest Request => new() { Operation = ControlOperation.Status };

    private async Task<(ControlServer Server, Task Running)> StartAsync(
        CancellationToken stop, CancellationToken cancellationToken)
    {
        var server = new ControlServer(
            Path,
            (_, _) => Task.FromResult(new ControlResponse { Message = "heard" }),
            _time,
            NullLogger<ControlServer>.Instance)
        {
            Accept = (listener, token) => ++_accepts <= _failures
                ? throw new SocketException((int)SocketError.TooManyOpenSockets)
                : listener.AcceptAsync(token),
        };
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = server.RunAsync(listening, stop);
        await listening.Task.WaitAsync(cancellationToken);
        return (server, running);
    }
}
