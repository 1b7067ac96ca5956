namespace Mesh.Core.Transport.Memory;

/// <summary>A publisher of the in-memory network.</summary>
internal sealed class MemoryPublisher(MemoryTransport owner, SocketOptions options)
    : MemoryListeningSocket(owner, SocketKind.Publisher, options)
{
    private static readonly byte[] Subscribed = [1];
    private static readonly byte[] Unsubscribed = [0];

    /// <inheritdoc/>
    internal override void ForgetLocked(MemoryConnection connection)
    {
        base.ForgetLocked(connection);
        foreach (var topic in connection.Topics)
        {
            TellIfLastLocked(topic);
        }

        connection.Topics.Clear();
    }

    /// <inheritdoc/>
    protected override SendOutcome SendLocked(ReadOnlySpan<byte> address, ReadOnlySpan<byte> payload)
    {
        foreach (var connection in Connections)
        {
            if (MemoryTopics.Match(connection.Topics, address) && !TrySendLocked(connection, address, payload))
            {
                Network.CountLostLocked();
            }
        }

        return SendOutcome.Sent;
    }

    /// <inheritdoc/>
    protected override void TakeLocked(MemoryConnection connection, in MemoryFrame frame)
    {
        var topic = frame.Payload;
        if (frame.Kind == MemoryFrameKind.Subscribe)
        {
            if (!MemoryTopics.Contains(connection.Topics, topic))
            {
                connection.Topics.Add(topic.ToArray());
            }

            TellLocked(Subscribed, topic);
        }
        else if (MemoryTopics.Remove(connection.Topics, topic))
        {
            TellIfLastLocked(topic);
        }

        frame.Release();
    }

    private void TellIfLastLocked(ReadOnlySpan<byte> topic)
    {
        foreach (var connection in Connections)
        {
            if (MemoryTopics.Contains(connection.Topics, topic))
            {
                return;
            }
        }

        TellLocked(Unsubscribed, topic);
    }

    private void TellLocked(byte[] what, ReadOnlySpan<byte> topic)
    {
        Span<byte> text = new byte[1 + topic.Length];
        text[0] = what[0];
        topic.CopyTo(text[1..]);
        EnqueueLocked(null, MemoryFrame.Copy(MemoryFrameKind.Subscribe, default, text));
    }
}
