using Mesh.Core.Sessions;

namespace Mesh.Tests.Core.Sessions;

/// <summary>A link that keeps what it takes, and refuses when a test says so.</summary>
internal sealed class RecordingLink : ISessionLink
{
    /// <summary>What it answers.</summary>
    public LinkSend Answer { get; set; } = LinkSend.Sent;

    /// <summary>Takes messages instead of recording them, when set.</summary>
    public Carrying? Carry { get; set; }

    /// <summary>What it has taken and a test has not.</summary>
    public Queue<byte[]> Sent { get; } = new();

    /// <summary>What it was offered, taken or not.</summary>
    public List<byte[]> Offered { get; } = [];

    /// <summary>Whether its session opened.</summary>
    public bool IsVouchedFor { get; private set; }

    /// <summary>Whether it was given up.</summary>
    public bool IsClosed { get; private set; }

    public LinkSend TrySend(ReadOnlySpan<byte> message)
    {
        if (Carry is not null)
        {
            return Carry(message) ? LinkSend.Sent : LinkSend.Closed;
        }

        Offered.Add(message.ToArray());
        if (Answer == LinkSend.Sent)
        {
            Sent.Enqueue(message.ToArray());
        }

        return Answer;
    }

    public void Vouch() => IsVouchedFor = true;

    public void Close() => IsClosed = true;

    /// <summary>Takes a message; false for one that was not expected.</summary>
    internal delegate bool Carrying(ReadOnlySpan<byte> message);
}
