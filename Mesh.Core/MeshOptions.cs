using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Wire;

namespace Mesh.Core;

/// <summary>How a node takes part in the mesh.</summary>
public sealed record MeshOptions
{
    /// <summary>First TCP port of sessions, and the UDP port of beacons.</summary>
    public const int DefaultPort = 21750;

    /// <summary>The folder of identity and trust; made with mode 0700 when it is not there. Required.</summary>
    public required string StateFolder { get; init; }

    /// <summary>The node's label, 1 to 64 bytes of UTF-8 without <c>/</c>, <c>+</c> and control characters.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Owner (default): holds the state folder, listens, sends beacons, publishes. Guest: watches and asks with the
    /// same identity, beside a running owner or without one.
    /// </summary>
    public MeshRole Role { get; init; } = MeshRole.Owner;

    /// <summary>
    /// Name of the mesh, from which keys come when there is no mesh key, at most 128 bytes of UTF-8. Null (default):
    /// the mesh that an invite led to, kept in the state folder, else the one named <c>default</c>.
    /// </summary>
    public string? MeshName { get; init; }

    /// <summary>A file with the mesh key; null (default) for none, which leaves the choice to the name.</summary>
    public string? MeshKeyFile { get; init; }

    /// <summary>
    /// TCP port of sessions; frames use the next one. Null (default): 21750, or the next free pair. A port named here
    /// that is taken is an error.
    /// </summary>
    public int? Port { get; init; }

    /// <summary>UDP port of beacons, the same on every node of a mesh. Default 21750.</summary>
    public int BeaconPort { get; init; } = DefaultPort;

    /// <summary>Whether beacons are sent and heard. Default true.</summary>
    public bool Beacons { get; init; } = true;

    /// <summary>Names of the interfaces to use; empty (default): every one that is up, loopback included.</summary>
    public IReadOnlyList<string> Interfaces { get; init; } = [];

    /// <summary>Session endpoints to dial whatever the beacons say.</summary>
    public IReadOnlyList<IPEndPoint> Peers { get; init; } = [];

    /// <summary>What happens to strangers that complete a handshake. Default: they wait for a decision.</summary>
    public Trust.AcceptMode Accept { get; init; } = Trust.AcceptMode.Never;

    /// <summary>Where reading begins at a peer watched for the first time. Default: what is held there.</summary>
    public Logs.StartMode StartAt { get; init; } = Logs.StartMode.History;

    /// <summary>Whether a text can be the name of a mesh.</summary>
    /// <param name="name">Any text, or null.</param>
    /// <returns>
    /// False when it is white space, longer than 128 bytes of UTF-8, or holds a character that cannot be shown.
    /// </returns>
    public static bool IsValidMeshName(string? name) => MeshKey.IsValidName(name);

    /// <summary>Checks every value once.</summary>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public MeshOptions Validated()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(StateFolder);
        if (!NodeName.IsValid(Name))
        {
            throw new ArgumentException(
                $"A node name is 1 to {NodeName.MaxBytes} bytes without '/', '+', '...' and control characters.");
        }

        if (MeshName is not null && !MeshKey.IsValidName(MeshName))
        {
            throw new ArgumentException(
                $"A mesh name is 1 to {WireLimits.MaxMeshNameBytes} bytes without control characters.");
        }

        if (Port is { } port)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(port, nameof(Port));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65_534, nameof(Port));
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BeaconPort);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BeaconPort, 65_535);
        return this;
    }
}
