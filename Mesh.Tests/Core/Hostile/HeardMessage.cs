using System.Net;

namespace Mesh.Tests.Core.Hostile;

/// <summary>A message as a node received it.</summary>
/// <param name="Socket">Where.</param>
/// <param name="Address">Routing id or topic.</param>
/// <param name="Peer">Where it came from, where a socket tells.</param>
/// <param name="Payload">What was sent.</param>
internal sealed record HeardMessage(TappedSocket Socket, byte[] Address, IPAddress? Peer, byte[] Payload);
