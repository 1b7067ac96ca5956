using Mesh.Core.Sessions;

namespace Mesh.Tests.Core.Sessions;

/// <summary>A link that keeps what it takes, and refuses when a test says so.</summary>
internal sealed class RecordingLink : ISessionLink
{
    /// <summary>What it answers.</summary>
    public LinkSend Answer { get; set; } = LinkSend.Sent;

    /// <summary>What it has taken and a test has not.</summary>
    public Queue<byte[]> Sent { get; } = new();

    /// <summary>What it was offered, taken or not.</summary>
    public List<byte[]> Offered { get; } = [];

    /// <summary>Whether it was given up.</summary>
    public bool IsClosed { get; private set; }

    public LinkSend TrySend(ReadOnlySpan<byte> message)
    {
        Offered.Add(message.ToArray());
        if (Answer == LinkSend.Sent)
        {
            Sent.Enqueue(message.ToArray());
        }

        return Answer;
    }

    public void Close() => IsClosed = true;
}
