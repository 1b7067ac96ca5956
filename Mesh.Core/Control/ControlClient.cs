using System.Net.Sockets;
using System.Text.Json;

namespace Mesh.Core.Control;

/// <summary>Asks the owner of a state folder, if one is running.</summary>
/// <param name="path">Path of the owner's Unix domain socket.</param>
internal sealed class ControlClient(string path)
{
    /// <summary>Sends one request and waits for its answer.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer, or null when no owner listens.</returns>
    /// <exception cref="MeshException">The owner answered something that is not an answer.</exception>
    public async Task<ControlResponse?> AskAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            return null;
        }

        try
        {
            using var stream = new NetworkStream(socket, ownsSocket: false);
            var line = JsonSerializer.SerializeToUtf8Bytes(request, ControlJson.Default.ControlRequest);
            await stream.WriteAsync((byte[])[.. line, (byte)'\n'], cancellationToken).ConfigureAwait(false);
            var answer = await ReadAnswerAsync(stream, cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize(answer, ControlJson.Default.ControlResponse)
                ?? throw new MeshException(MeshFailure.NoOwner, $"The owner at {path} answered nothing.");
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            throw new MeshException(
                MeshFailure.NoOwner, $"The owner at {path} broke off: {exception.Message}", exception);
        }
    }

    // An answer lists up to thousands of peers, so only the owner's own limits bound it.
    private static async Task<byte[]> ReadAnswerAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var answer = new MemoryStream();
        var part = new byte[16 * 1024];
        while (true)
        {
            var count = await stream.ReadAsync(part, cancellationToken).ConfigureAwait(false);
            answer.Write(part, 0, count);
            if (count == 0 || part[count - 1] == (byte)'\n')
            {
                return answer.ToArray();
            }
        }
    }
}
