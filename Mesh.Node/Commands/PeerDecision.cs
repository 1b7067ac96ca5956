using System.CommandLine;
using Mesh.Core;

namespace Mesh.Node.Commands;

/// <summary>Decides about a peer: by the running node, or by a guest when there is none.</summary>
/// <param name="owner">The running node, asked when <paramref name="guest"/> is null.</param>
/// <param name="guest">The guest that decides instead.</param>
/// <param name="name">Name or id of the peer.</param>
/// <param name="result">The parsed command line.</param>
/// <param name="stopToken">Gives up.</param>
/// <returns>The peer; null when the owner was asked and does not run.</returns>
internal delegate Task<PeerStatus?> PeerDecision(
    MeshOwner owner, MeshNode? guest, string name, ParseResult result, CancellationToken stopToken);
