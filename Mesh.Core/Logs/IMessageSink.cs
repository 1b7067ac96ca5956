namespace Mesh.Core.Logs;

/// <summary>Where the log's control messages go: the session with one peer.</summary>
internal interface IMessageSink
{
    /// <summary>Sends one session message, in order with all others of this session.</summary>
    /// <param name="message">The plaintext; copied or sealed before the method returns.</param>
    void Send(ReadOnlySpan<byte> message);
}
