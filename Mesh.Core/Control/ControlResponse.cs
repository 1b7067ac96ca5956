namespace Mesh.Core.Control;

/// <summary>The owner's answer to one <see cref="ControlRequest"/>.</summary>
internal sealed record ControlResponse
{
    /// <summary>Why it failed; absent on success.</summary>
    public MeshFailure? Failure { get; init; }

    /// <summary>One line for a person: of success or of failure.</summary>
    public string Message { get; init; } = "";

    /// <summary>For <see cref="ControlOperation.Status"/>.</summary>
    public NodeStatus? Status { get; init; }

    /// <summary>For <see cref="ControlOperation.Peers"/>, and the peer that a change was about.</summary>
    public IReadOnlyList<PeerStatus>? Peers { get; init; }

    /// <summary>For <see cref="ControlOperation.Invite"/>: the code.</summary>
    public string? Code { get; init; }
}
