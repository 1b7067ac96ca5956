using Mesh.Core.Logs;
using Mesh.Core.Sessions;

namespace Mesh.Core.Runtime;

/// <summary>Lets a log speak over a session.</summary>
/// <param name="session">The session.</param>
internal sealed class SessionSink(Session session) : IMessageSink
{
    // A session whose queue is full closes itself, so there is nobody left to tell.
    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> message) => session.TrySend(message);
}
