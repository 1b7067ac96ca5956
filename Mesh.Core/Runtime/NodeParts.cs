using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Transport;

namespace Mesh.Core.Runtime;

/// <summary>What a started node is made of, for the front door to speak to.</summary>
internal sealed class NodeParts : IAsyncDisposable
{
    /// <summary>Options as given.</summary>
    public required MeshOptions Options { get; init; }

    /// <summary>The machine.</summary>
    public required MeshPlatform Platform { get; init; }

    /// <summary>The state folder.</summary>
    public required StateFolder Folder { get; init; }

    /// <summary>The owner's lock; null for a guest.</summary>
    public FileLock? OwnerLock { get; init; }

    /// <summary>Keys, nonces, signatures.</summary>
    public required IPrimitives Primitives { get; init; }

    /// <summary>Who this process is.</summary>
    public required LocalNode Local { get; init; }

    /// <summary>Which mesh it is in.</summary>
    public required NodeMesh Mesh { get; init; }

    /// <summary>Who may come in.</summary>
    public required NodeTrust Trust { get; init; }

    /// <summary>The sockets.</summary>
    public required ITransport Transport { get; init; }

    /// <summary>Everything the loop runs.</summary>
    public required NodeCore Core { get; init; }

    /// <summary>The facts of sessions.</summary>
    public required SessionRouter Router { get; init; }

    /// <summary>The loop.</summary>
    public required NodeLoop Loop { get; init; }

    /// <summary>Where the owner listens for commands of the same user.</summary>
    public required string SocketPath { get; init; }

    /// <summary>Ends the loop, then lets go of sockets, keys and the lock.</summary>
    /// <returns>A task that completes when all is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        await Loop.DisposeAsync().ConfigureAwait(false);
        if (!Loop.HasStarted)
        {
            Core.Dispose();
        }

        Transport.Dispose();
        Trust.Dispose();
        Local.Key.Dispose();
        Local.PreviousKey?.Dispose();
        Local.Identity.Dispose();
        OwnerLock?.Dispose();
    }
}
