using Mesh.Core.Sessions;
using Mesh.Core.Wire;

namespace Mesh.Tests.Core.Sessions;

/// <summary>One handshake from Init to Fin, with somebody on the way who may change the messages.</summary>
/// <param name="Initiator">The side that dials.</param>
/// <param name="Responder">The side that is dialled.</param>
internal sealed record HandshakeRun(InitiatorHandshake Initiator, ResponderHandshake Responder)
{
    /// <summary>The results of the steps, up to the first that is not passed.</summary>
    public List<HandshakeResult> Results { get; } = [];

    public byte[] Init { get; private set; } = [];

    public byte[] Resp { get; private set; } = [];

    public byte[] Fin { get; private set; } = [];

    public void Go(
        Func<byte[], byte[]>? changeInit, Func<byte[], byte[]>? changeResp, Func<byte[], byte[]>? changeFin)
    {
        var buffer = new byte[WireLimits.MaxPreSessionMessageBytes];
        Init = Initiator.Init.ToArray();
        if (!Add(Responder.ReadInit(Change(Init, changeInit), TimeSpan.Zero))
            || !Add(Responder.WriteResp(buffer, out var length)))
        {
            return;
        }

        Resp = buffer[..length];
        if (!Add(Initiator.ReadResp(Change(Resp, changeResp))) || !Add(Initiator.WriteFin(buffer, out length)))
        {
            return;
        }

        Fin = buffer[..length];
        Add(Responder.ReadFin(Change(Fin, changeFin)));
    }

    private static byte[] Change(byte[] message, Func<byte[], byte[]>? change) =>
        change is null ? message : change((byte[])message.Clone());

    private bool Add(HandshakeResult result)
    {
        Results.Add(result);
        return result == HandshakeResult.Passed;
    }
}
