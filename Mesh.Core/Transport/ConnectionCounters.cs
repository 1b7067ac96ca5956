namespace Mesh.Core.Transport;

/// <summary>What a transport saw of the connections of its sockets since it was made.</summary>
/// <param name="Accepted">Connections that listening sockets accepted.</param>
/// <param name="Flooding">Connections cut because too many of their bytes waited, or were subscriptions.</param>
/// <param name="TooMany">Connections cut because there were too many, from one address or in all.</param>
/// <param name="Idle">Connections cut because nobody vouched for them in time.</param>
/// <param name="Ended">Connections that their other side ended, or libzmq because it broke the rules of ZMTP.</param>
public readonly record struct ConnectionCounters(
    long Accepted,
    long Flooding,
    long TooMany,
    long Idle,
    long Ended);
