using Mesh.Core.Sealing;

namespace Mesh.Core.Sessions;

/// <summary>What a hub needs from the node that it serves.</summary>
internal sealed record SessionHubSetup
{
    /// <summary>Who this process is.</summary>
    public required LocalNode Local { get; init; }

    /// <summary>The primitives, randomness for keys included.</summary>
    public required IPrimitives Primitives { get; init; }

    /// <summary>The way out.</summary>
    public required ISessionLinks Links { get; init; }

    /// <summary>Who may come in.</summary>
    public required ISessionTrust Trust { get; init; }

    /// <summary>Who is told.</summary>
    public required ISessionEvents Events { get; init; }

    /// <summary>The source of jitter.</summary>
    public required Random Random { get; init; }

    /// <summary>Where the heads in pings come from; without it they are empty.</summary>
    public IHeads? Heads { get; init; }

    /// <summary>Times and bounds.</summary>
    public SessionOptions Options { get; init; } = new();
}
