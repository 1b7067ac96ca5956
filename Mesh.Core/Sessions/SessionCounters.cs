namespace Mesh.Core.Sessions;

/// <summary>What the sessions of a node counted since its start.</summary>
internal sealed class SessionCounters
{
    private readonly long[] _counts = new long[Enum.GetValues<SessionCounter>().Length];
    private readonly long[] _handshakes = new long[Enum.GetValues<HandshakeResult>().Length];

    /// <summary>One counter.</summary>
    /// <param name="counter">Which.</param>
    /// <returns>Its value.</returns>
    public long this[SessionCounter counter] => _counts[(int)counter];

    /// <summary>How often a handshake message had a result.</summary>
    /// <param name="result">Which.</param>
    /// <returns>The count.</returns>
    public long this[HandshakeResult result] => _handshakes[(int)result];

    /// <summary>Counts one.</summary>
    /// <param name="counter">Which.</param>
    public void Count(SessionCounter counter) => _counts[(int)counter]++;

    /// <summary>Counts the result of a handshake message.</summary>
    /// <param name="result">Which.</param>
    public void Count(HandshakeResult result) => _handshakes[(int)result]++;

    /// <summary>Adds all counters by name, such as <c>session.busy</c> or <c>handshake.badSignature</c>.</summary>
    /// <param name="destination">Where to.</param>
    public void CopyTo(IDictionary<string, long> destination)
    {
        foreach (var counter in Enum.GetValues<SessionCounter>())
        {
            destination[NameOf("session.", counter.ToString())] = this[counter];
        }

        foreach (var result in Enum.GetValues<HandshakeResult>())
        {
            destination[NameOf("handshake.", result.ToString())] = this[result];
        }
    }

    private static string NameOf(string prefix, string name) => $"{prefix}{char.ToLowerInvariant(name[0])}{name[1..]}";
}
