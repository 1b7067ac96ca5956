using Mesh.Core.Identity;

namespace Mesh.Core.Discovery;

/// <summary>A beacon that opened and parsed; its signature is not checked yet.</summary>
/// <param name="Id">The node id that its keys make.</param>
/// <param name="Content">What it says.</param>
/// <param name="SignedStart">Where the signed bytes of the body begin.</param>
/// <param name="SignedEnd">Where they end.</param>
internal readonly record struct ReceivedBeacon(NodeId Id, BeaconContent Content, int SignedStart, int SignedEnd);
