using System.Diagnostics;

namespace Mesh.Core.Transport.Memory;

/// <summary>A subscriber of the in-memory network.</summary>
internal sealed class MemorySubscriber(MemoryTransport owner, SocketOptions options)
    : MemoryDiallingSocket(owner, SocketKind.Subscriber, options)
{
    // One entry per Subscribe: a topic asked for twice is given up after the second Unsubscribe.
    private readonly List<byte[]> _topics = [];

    /// <inheritdoc/>
    public override void Subscribe(ReadOnlySpan<byte> topic)
    {
        lock (Network.Gate)
        {
            _topics.Add(topic.ToArray());
            TellLocked(MemoryFrameKind.Subscribe, topic);
        }
    }

    /// <inheritdoc/>
    public override void Unsubscribe(ReadOnlySpan<byte> topic)
    {
        lock (Network.Gate)
        {
            if (MemoryTopics.Remove(_topics, topic) && !MemoryTopics.Contains(_topics, topic))
            {
                TellLocked(MemoryFrameKind.Unsubscribe, topic);
            }
        }
    }

    /// <inheritdoc/>
    protected override SendOutcome SendLocked(ReadOnlySpan<byte> address, ReadOnlySpan<byte> payload) =>
        throw new UnreachableException("refused at the door");

    /// <inheritdoc/>
    protected override bool IsWantedLocked(in MemoryFrame frame) => MemoryTopics.Match(_topics, frame.Address);

    private void TellLocked(MemoryFrameKind kind, ReadOnlySpan<byte> topic)
    {
        Connection?.TowardsListener.SendLocked(MemoryFrame.Copy(kind, default, topic));
        Network.PumpLocked();
    }
}
