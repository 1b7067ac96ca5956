namespace Mesh.Tests.Support;

/// <summary>A folder of one test, removed with all it holds when disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string MemoryDisk = "/dev/shm";

    /// <summary>Makes a folder.</summary>
    /// <param name="isInMemory">Whether it may lie in memory: for files that are written by the thousand.</param>
    public TemporaryFolder(bool isInMemory = false) => FolderPath = isInMemory && Directory.Exists(MemoryDisk)
        ? Directory.CreateDirectory(Path.Combine(MemoryDisk, $"mesh-test-{Guid.NewGuid():n}")).FullName
        : Directory.CreateTempSubdirectory("mesh-test-").FullName;

    /// <summary>The folder's full path.</summary>
    public string FolderPath { get; }

    /// <summary>A path inside the folder.</summary>
    /// <param name="name">The file's or folder's name.</param>
    /// <returns>The full path; nothing is made.</returns>
    public string this[string name] => Path.Combine(FolderPath, name);

    /// <summary>Removes the folder.</summary>
    public void Dispose() => Directory.Delete(FolderPath, recursive: true);
}
