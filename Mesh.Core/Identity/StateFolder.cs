using System.Security.Cryptography;
using Mesh.Core.Sealing;

namespace Mesh.Core.Identity;

/// <summary>The folder of one node: its seed, its incarnation, its lock, and what other parts keep there.</summary>
/// <remarks>
/// <code>
/// seed               32 bytes, mode 0600, made at first start
/// incarnation        the last incarnation used, decimal
/// owner.lock         held by the owner while it runs
/// owner.lock.pid     the owner's process id
/// </code>
/// The folder itself has mode 0700 when it is made here. Nothing is kept open except the lock.
/// </remarks>
internal sealed class StateFolder
{
    private const UnixFileMode OwnerOnlyFolder =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private const UnixFileMode OpenToOthers = WritableByOthers
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private StateFolder(string path) => FolderPath = path;

    /// <summary>The folder's full path.</summary>
    public string FolderPath { get; }

    /// <summary>Where the incarnation is kept, for <see cref="IncarnationStore"/>.</summary>
    public string IncarnationPath => Path.Combine(FolderPath, "incarnation");

    private string SeedPath => Path.Combine(FolderPath, "seed");

    private string OwnerLockPath => Path.Combine(FolderPath, "owner.lock");

    /// <summary>Opens a state folder; makes it when it is not there.</summary>
    /// <param name="path">Any path; made absolute.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="MeshException">It cannot be made, or others may write to it.</exception>
    public static StateFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = Path.GetFullPath(path);

        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                // Applies to the folders that are made; one that is there keeps its mode.
                Directory.CreateDirectory(folder, OwnerOnlyFolder);
                Refuse(folder, WritableByOthers, "others may write to it", "chmod go-w");
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new MeshException($"The state folder {folder} cannot be used: {cause.Message}", cause);
        }

        return new StateFolder(folder);
    }

    /// <summary>Reads the node's seed, or makes it at the first start, and derives the identity from it.</summary>
    /// <param name="primitives">The provider of the primitives and of randomness.</param>
    /// <returns>The identity; the caller disposes it.</returns>
    /// <exception cref="MeshException">
    /// The seed file is damaged, open to others, or cannot be read or made. It is never replaced: that would be another
    /// node.
    /// </exception>
    public NodeIdentity LoadIdentity(IPrimitives primitives)
    {
        ArgumentNullException.ThrowIfNull(primitives);
        var seed = ReadSeed() ?? CreateSeed(primitives);

        try
        {
            return NodeIdentity.FromSeed(primitives, seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Becomes the owner of the folder, if no other process or object is.</summary>
    /// <returns>The lock, which the caller disposes; null when another has it: <see cref="OwnerProcessId"/>.</returns>
    /// <exception cref="MeshException">The lock file cannot be made or opened.</exception>
    public FileLock? TryLockOwner() => FileLock.TryAcquire(OwnerLockPath);

    /// <summary>Becomes the owner of the folder.</summary>
    /// <returns>The lock; the caller disposes it.</returns>
    /// <exception cref="MeshException">
    /// Another owner runs (<see cref="MeshFailure.Owned"/>, with its process id), or the lock file cannot be opened.
    /// </exception>
    public FileLock LockOwner()
    {
        if (TryLockOwner() is { } held)
        {
            return held;
        }

        var holder = OwnerProcessId() is { } processId ? $"process {processId}" : "another process";
        throw new MeshException(MeshFailure.Owned, $"The state folder {FolderPath} is in use by {holder}.");
    }

    /// <summary>The owner's process id.</summary>
    /// <returns>The id of the owner, or of the last one that was killed; null when there is none.</returns>
    public int? OwnerProcessId() => FileLock.HolderOf(OwnerLockPath);

    private static void Refuse(string path, UnixFileMode forbidden, string why, string remedy)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & forbidden) != 0)
        {
            throw new MeshException($"{path} is not safe: {why}. Try: {remedy} {path}");
        }
    }

    private byte[]? ReadSeed()
    {
        var seed = DurableFile.TryRead(SeedPath, NodeIdentity.SeedBytes);
        if (seed is null)
        {
            return null;
        }

        if (seed.Length != NodeIdentity.SeedBytes)
        {
            throw new MeshException($"{SeedPath} is damaged: {NodeIdentity.SeedBytes} bytes are expected.");
        }

        Refuse(SeedPath, OpenToOthers, "others may read the node's secret", "chmod 600");
        return seed;
    }

    private byte[] CreateSeed(IPrimitives primitives)
    {
        var seed = GC.AllocateArray<byte>(NodeIdentity.SeedBytes, pinned: true);
        primitives.Fill(seed);

        try
        {
            // Another process may have been first; then its seed is the node's.
            return DurableFile.TryCreate(SeedPath, seed) ? seed : ReadSeed() ?? throw Unreadable();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new MeshException($"{SeedPath} cannot be made: {cause.Message}", cause);
        }
    }

    private MeshException Unreadable() => new($"{SeedPath} vanished while it was read.");
}
