using Mesh.Core.Identity;
using Mesh.Core.Sealing;

namespace Mesh.Core.Logs;

/// <summary>What a <see cref="LogClient"/> reads, and for whom.</summary>
internal sealed record LogClientSetup
{
    /// <summary>The primitives for keys.</summary>
    public required IPrimitives Primitives { get; init; }

    /// <summary>The publisher.</summary>
    public required NodeId Peer { get; init; }

    /// <summary>Opens the publisher's frames: knows its id and its signing key.</summary>
    public required FrameOpener Opener { get; init; }

    /// <summary>Where the records go.</summary>
    public required IRecordSink Sink { get; init; }

    /// <summary>Room to read frames in, which clients of one thread may share. Default: room of its own.</summary>
    public FrameRoom Room
    {
        get => field ??= new FrameRoom();
        init;
    }

    /// <summary>Where to begin. Default <see cref="StartMode.History"/>.</summary>
    public StartMode Start { get; init; } = StartMode.History;

    /// <summary>How long records wait for a definition that was asked for. Default 2 s.</summary>
    public TimeSpan DefinitionWait { get; init; } = TimeSpan.FromSeconds(2);
}
