using System.Net;
using System.Net.Sockets;

namespace Mesh.Tests.Hostile;

/// <summary>Carries the bytes of TCP connections to a port of this machine, and keeps a copy of all of them.</summary>
internal sealed class TcpForwarder : IAsyncDisposable
{
    private readonly int _port;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _carrying = [];
    private readonly Lock _gate = new();
    private readonly MemoryStream _copy = new();
    private readonly Task _loop;

    /// <summary>Begins.</summary>
    /// <param name="port">Where the connections go.</param>
    public TcpForwarder(int port)
    {
        _port = port;
        _listener.Start();
        _loop = RunAsync();
    }

    /// <summary>Where to dial instead.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>All bytes so far, of both directions.</summary>
    public byte[] Bytes
    {
        get
        {
            lock (_gate)
            {
                return _copy.ToArray();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await Task.WhenAll(_carrying);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync(_stop.Token);
                var far = new TcpClient();
                await far.ConnectAsync(IPAddress.Loopback, _port, _stop.Token);
                _carrying.Add(CarryAsync(near, far));
                _carrying.Add(CarryAsync(far, near));
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task CarryAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _stop.Token) is var count and > 0)
            {
                lock (_gate)
                {
                    _copy.Write(buffer, 0, count);
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _stop.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // One side is gone.
        }

        from.Dispose();
        to.Dispose();
    }
}
