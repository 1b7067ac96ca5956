using System.Diagnostics.CodeAnalysis;

namespace Mesh.Core.Sessions;

/// <summary>The sessions that something is to be done for, each at most once.</summary>
internal sealed class ReadyList
{
    private readonly Queue<Session> _sessions = new();

    /// <summary>Sessions in the list.</summary>
    public int Count => _sessions.Count;

    /// <summary>Adds a session, unless it is listed.</summary>
    /// <param name="session">The session.</param>
    public void Add(Session session)
    {
        if (!session.IsListed)
        {
            session.IsListed = true;
            _sessions.Enqueue(session);
        }
    }

    /// <summary>Takes the session that waits longest.</summary>
    /// <param name="session">The session.</param>
    /// <returns><see langword="false"/> when the list is empty.</returns>
    public bool TryTake([NotNullWhen(true)] out Session? session)
    {
        if (!_sessions.TryDequeue(out session))
        {
            return false;
        }

        session.IsListed = false;
        return true;
    }
}
