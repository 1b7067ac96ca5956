namespace Mesh.Core.Control;

/// <summary>One line that a command sends to the owner of the state folder.</summary>
internal sealed record ControlRequest
{
    /// <summary>What is asked for: a <see cref="ControlOperation"/> by name.</summary>
    public required ControlOperation Operation { get; init; }

    /// <summary>Peer name, node id or the beginning of one.</summary>
    public string? Peer { get; init; }

    /// <summary>Comma-separated rights.</summary>
    public string? Rights { get; init; }

    /// <summary>Life of an invite, in milliseconds.</summary>
    public long? TimeToLiveMs { get; init; }

    /// <summary>An invite code.</summary>
    public string? Code { get; init; }

    /// <summary>Address and port of a static peer.</summary>
    public string? Endpoint { get; init; }
}
