namespace Mesh.Tests.Support;

/// <summary>A folder of one test, removed with all it holds when disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>The folder's full path.</summary>
    public string FolderPath { get; } = Directory.CreateTempSubdirectory("mesh-test-").FullName;

    /// <summary>A path inside the folder.</summary>
    /// <param name="name">The file's or folder's name.</param>
    /// <returns>The full path; nothing is made.</returns>
    public string this[string name] => Path.Combine(FolderPath, name);

    /// <summary>Removes the folder.</summary>
    public void Dispose() => Directory.Delete(FolderPath, recursive: true);
}
