namespace Mesh.Core.Sessions;

/// <summary>An ordered way to one peer: a dialled socket, or one routing id of the listening socket.</summary>
/// <remarks>Used by the loop thread only. What it delivers is given to the hub by whoever made it.</remarks>
internal interface ISessionLink
{
    /// <summary>Offers one message; never waits. The bytes are copied before it returns.</summary>
    /// <param name="message">One whole message.</param>
    /// <returns>Whether it was taken.</returns>
    LinkSend TrySend(ReadOnlySpan<byte> message);

    /// <summary>The peer at the other end has proved itself: its session is open.</summary>
    void Vouch();

    /// <summary>Gives the link up; what it had not sent may be lost. Calling it again does nothing.</summary>
    void Close();
}
