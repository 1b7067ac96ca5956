using System.Runtime.InteropServices;

namespace Mesh.Node.Hosting;

/// <summary>Turns SIGINT (Ctrl-C) and SIGTERM into a token, and into an end by force when that is not heeded.</summary>
/// <remarks>
/// The first signal cancels <see cref="StopToken"/> and leaves the command <see cref="Patience"/> to end in good order.
/// A second signal, or the end of that time, ends the process at once with 130 or 143.
/// </remarks>
internal sealed class StopSignals : IDisposable
{
    /// <summary>How long a command may take to end after the first signal.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly ITimer _deadline;
    private int _firstSignal;

    public StopSignals(TimeProvider time)
    {
        _deadline = time.CreateTimer(_ => End(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, it => Receive(it, ExitCode.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, it => Receive(it, ExitCode.Terminated));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken StopToken => _stop.Token;

    /// <summary>Names the signal in the exit code of a command that was cut short.</summary>
    /// <param name="exitCode">What the run returned.</param>
    /// <returns>The same code, except that an interruption by SIGTERM is 143.</returns>
    public ExitCode Resolve(ExitCode exitCode) =>
        exitCode == ExitCode.Interrupted && _firstSignal != 0 ? (ExitCode)_firstSignal : exitCode;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _deadline.Dispose();
        _stop.Dispose();
    }

    private void Receive(PosixSignalContext signal, ExitCode exitCode)
    {
        signal.Cancel = true;
        if (Interlocked.CompareExchange(ref _firstSignal, (int)exitCode, 0) != 0)
        {
            Environment.Exit((int)exitCode);
        }

        _deadline.Change(Patience, Timeout.InfiniteTimeSpan);
        _stop.Cancel();
    }

    private void End() => Environment.Exit(_firstSignal);
}
