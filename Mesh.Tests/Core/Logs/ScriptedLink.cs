using Mesh.Core.Logs;

namespace Mesh.Tests.Core.Logs;

/// <summary>
/// One direction of a session: keeps the order, takes its time, and forgets what is under way when it is cut.
/// </summary>
internal sealed class ScriptedLink(ScriptedNetwork network, Action<byte[], TimeSpan> deliver) : IMessageSink
{
    private TimeSpan _last;
    private bool _isCut;

    /// <summary>Everything that was sent, for tests that look at it.</summary>
    public List<byte[]> Sent { get; } = [];

    public void Send(ReadOnlySpan<byte> message)
    {
        var copy = message.ToArray();
        Sent.Add(copy);
        var at = network.Now + network.SessionDelay();
        _last = at > _last ? at : _last;
        network.At(_last, now =>
        {
            if (!_isCut)
            {
                deliver(copy, now);
            }
        });
    }

    public void Cut() => _isCut = true;
}
