using System.Net;
using Mesh.Core.Transport;

namespace Mesh.Bench.Pipeline;

/// <summary>A transport that lets something do work on the loop thread before each wait, and may lose frames.</summary>
/// <param name="inner">Does the work; owned.</param>
/// <param name="losses">Decides which published messages are lost; null for none.</param>
/// <param name="share">How many of them, from 0 to 1.</param>
internal sealed class TurnTransport(ITransport inner, Random? losses, double share) : ITransport
{
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(1);

    /// <summary>What to do before each wait.</summary>
    public Func<TurnResult>? Turn { get; set; }

    public string Description => inner.Description;

    public BindResult TryBind(SocketKind kind, IPEndPoint local, SocketOptions options, out ITransportSocket? socket)
    {
        var result = inner.TryBind(kind, local, options, out socket);
        if (socket is not null && kind == SocketKind.Publisher && losses is not null)
        {
            socket = new LossySocket(socket, losses, share);
        }

        return result;
    }

    public ITransportSocket Connect(SocketKind kind, IPEndPoint remote, SocketOptions options) =>
        inner.Connect(kind, remote, options);

    public bool Poll(TimeSpan timeout) => inner.Poll(Turn?.Invoke() switch
    {
        TurnResult.More => TimeSpan.Zero,
        TurnResult.Waiting when timeout > ShortWait => ShortWait,
        _ => timeout,
    });

    public ConnectionCounters Connections => inner.Connections;

    public TimeSpan Tend(TimeSpan now) => inner.Tend(now);

    public void Wake() => inner.Wake();

    public void Dispose() => inner.Dispose();
}
