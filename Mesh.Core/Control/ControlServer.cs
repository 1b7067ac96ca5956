using System.Buffers;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Mesh.Core.Control;

/// <summary>
/// The owner's local socket: one JSON line in, one JSON line out, for processes of the same user.
/// </summary>
/// <param name="path">Path of the Unix domain socket; at most 107 bytes. Its folder is mode 0700.</param>
/// <param name="handle">Answers one request; called concurrently, one call a connection.</param>
/// <param name="timeProvider">Times the pauses after failures.</param>
/// <param name="logger">Where faults of connections go.</param>
internal sealed partial class ControlServer(
    string path,
    Func<ControlRequest, CancellationToken, Task<ControlResponse>> handle,
    TimeProvider timeProvider,
    ILogger<ControlServer> logger)
{
    /// <summary>Longest line accepted, in bytes.</summary>
    public const int MaxLineBytes = 4 * 1024;

    private const int MaxConnections = 32;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private long _failedAccepts;

    /// <summary>How often a connection could not be taken, for want of descriptors or memory.</summary>
    public long FailedAccepts => Interlocked.Read(ref _failedAccepts);

    /// <summary>Takes the next connection of a listener. Default: as the system does.</summary>
    internal Func<Socket, CancellationToken, ValueTask<Socket>> Accept { get; init; } =
        static (listener, cancellationToken) => listener.AcceptAsync(cancellationToken);

    /// <summary>Serves until cancelled, whatever single connections come to, then removes the socket file.</summary>
    /// <param name="listening">Completed once commands can connect.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    /// <returns>A task that ends when the last connection has ended.</returns>
    public async Task RunAsync(TaskCompletionSource listening, CancellationToken cancellationToken)
    {
        using var listener = Listen(listening);
        var connections = new HashSet<Task>();
        try
        {
            while (true)
            {
                var socket = await AcceptAsync(listener, cancellationToken).ConfigureAwait(false);
                connections.Add(ServeAsync(socket, cancellationToken));
                while (connections.Count >= MaxConnections)
                {
                    await Task.WhenAny(connections).ConfigureAwait(false);
                    connections.RemoveWhere(task => task.IsCompleted);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Cancellation is how this loop ends.
        }
        finally
        {
            await Task.WhenAll(connections).ConfigureAwait(false);
            File.Delete(path);
        }
    }

    // One failure may be that of one caller; when they repeat, the machine is short of something and needs time.
    private async Task<Socket> AcceptAsync(Socket listener, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.Zero;
        while (true)
        {
            try
            {
                return await Accept(listener, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException exception)
            {
                var count = Interlocked.Increment(ref _failedAccepts);
                LogAcceptFailed(exception.SocketErrorCode, count, pause.TotalMilliseconds);
            }

            await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
            pause = pause == TimeSpan.Zero ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private Socket Listen(TaskCompletionSource listening)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // Whoever holds the owner lock may replace what a dead owner left.
            File.Delete(path);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(MaxConnections);
        }
        catch (Exception exception) when (exception is SocketException or IOException or UnauthorizedAccessException)
        {
            listener.Dispose();
            var failure = new MeshException(
                MeshFailure.Address, $"Cannot listen on the local socket {path}: {exception.Message}", exception);
            listening.TrySetException(failure);
            throw failure;
        }

        listening.TrySetResult();
        return listener;
    }

    private async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        await ServeAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Answers line after line until the other end closes, or sends a line that is too long.</summary>
    /// <param name="stream">The connection; stays the caller's.</param>
    /// <param name="cancellationToken">Ends the service.</param>
    /// <returns>A task that completes when the connection is done with; nothing escapes it.</returns>
    internal async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            while (await ReadLineAsync(stream, cancellationToken).ConfigureAwait(false) is { } line)
            {
                var response = await AnswerAsync(line, cancellationToken).ConfigureAwait(false);
                var bytes = JsonSerializer.SerializeToUtf8Bytes(response, ControlJson.Default.ControlResponse);
                await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
                await stream.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (
            exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            LogConnectionEnded(exception.Message);
        }
    }

    private async Task<ControlResponse> AnswerAsync(byte[] line, CancellationToken cancellationToken)
    {
        try
        {
            var request = JsonSerializer.Deserialize(line, ControlJson.Default.ControlRequest);
            return request is null
                ? new ControlResponse { Failure = MeshFailure.Setup, Message = "empty request" }
                : await handle(request, cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException exception)
        {
            return new ControlResponse { Failure = MeshFailure.Setup, Message = exception.Message };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            return new ControlResponse { Failure = MeshFailure.Setup, Message = exception.Message };
        }
        catch (MeshException exception)
        {
            return new ControlResponse { Failure = exception.Failure, Message = exception.Message };
        }
    }

    /// <summary>Reads up to a line feed; null at the end of the stream or when the line is too long.</summary>
    internal static async Task<byte[]?> ReadLineAsync(Stream stream, CancellationToken cancellationToken)
    {
        var line = new ArrayBufferWriter<byte>(256);
        var one = new byte[1];
        while (line.WrittenCount <= MaxLineBytes)
        {
            if (await stream.ReadAsync(one, cancellationToken).ConfigureAwait(false) == 0)
            {
                return null;
            }

            if (one[0] == (byte)'\n')
            {
                return line.WrittenSpan.ToArray();
            }

            line.Write(one);
        }

        return null;
    }

    [LoggerMessage(1901, LogLevel.Debug, "A local connection ended: {Reason}")]
    private partial void LogConnectionEnded(string reason);

    [LoggerMessage(1905, LogLevel.Warning,
        "A local connection was not taken: {Error}; {Count} so far, the next try in {PauseMs} ms")]
    private partial void LogAcceptFailed(SocketError error, long count, double pauseMs);
}
