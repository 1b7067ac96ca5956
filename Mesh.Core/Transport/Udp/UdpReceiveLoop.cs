using System.Net;
using System.Net.Sockets;

namespace Mesh.Core.Transport.Udp;

/// <summary>Moves what arrives at one socket into a queue, until the socket is closed.</summary>
internal sealed class UdpReceiveLoop(Socket socket, DatagramQueue queue)
{
    // After so many errors in a row the loop rests until somebody starts it again, so a socket that cannot receive
    // costs no processor time.
    private const int MaxErrorsInARow = 16;

    private readonly byte[] _buffer = new byte[DatagramLimits.MaxDatagramBytes + 1];
    private Task _run = Task.CompletedTask;

    /// <summary>Starts the loop unless it runs; called by one thread at a time.</summary>
    public void StartIfEnded()
    {
        if (_run.IsCompleted)
        {
            // On the pool from the first step: under a flood every receive completes at once, and the loop would never
            // give the caller's thread back.
            _run = Task.Run(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        var from = new IPEndPoint(
            socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        var errors = 0;
        while (errors < MaxErrorsInARow)
        {
            try
            {
                var result = await socket.ReceiveMessageFromAsync(_buffer, SocketFlags.None, from)
                    .ConfigureAwait(false);
                Take(result);
                errors = 0;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.OperationAborted)
            {
                return;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.MessageSize)
            {
                queue.CountTooLong();
            }
            catch (SocketException)
            {
                queue.CountReceiveFailed();
                errors++;
            }
        }
    }

    private void Take(SocketReceiveMessageFromResult result)
    {
        if (result.SocketFlags.HasFlag(SocketFlags.Truncated))
        {
            queue.CountTooLong();
            return;
        }

        queue.Put(
            _buffer.AsSpan(0, result.ReceivedBytes),
            (IPEndPoint)result.RemoteEndPoint,
            result.PacketInformation.Interface);
    }
}
