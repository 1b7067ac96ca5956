using Mesh.Core.Identity;

namespace Mesh.Core.Trust;

/// <summary>The rows of peers in a folder of the state folder: <c>peers/ID.peer</c>.</summary>
/// <param name="stateFolder">The state folder.</param>
internal sealed class TrustFolder(string stateFolder) : ITrustFiles
{
    private const string Extension = ".peer";

    private readonly string _folder = Path.Combine(stateFolder, "peers");

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Load(ICollection<string> faults)
    {
        var contents = new List<byte[]>();
        if (!Directory.Exists(_folder))
        {
            return contents;
        }

        foreach (var path in Directory.EnumerateFiles(_folder, "*" + Extension).Order(StringComparer.Ordinal))
        {
            try
            {
                if (DurableFile.TryRead(path, TrustFile.MaxBytes) is not { } content)
                {
                    continue;
                }

                if (TrustFile.TryRead(content, out var peer) && PathOf(peer!.Id) == path)
                {
                    contents.Add(content);
                }
                else
                {
                    faults.Add($"{path} is damaged and was left alone; move it away and accept the peer again.");
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or MeshException)
            {
                faults.Add($"{path} cannot be read: {exception.Message}");
            }
        }

        return contents;
    }

    /// <inheritdoc/>
    public void Save(NodeId id, ReadOnlySpan<byte> content)
    {
        try
        {
            Directory.CreateDirectory(_folder);
            DurableFile.Write(PathOf(id), content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MeshException($"{PathOf(id)} cannot be written: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Delete(NodeId id)
    {
        try
        {
            if (File.Exists(PathOf(id)))
            {
                // Flushed, or a power cut could bring an acceptance back.
                File.Delete(PathOf(id));
                FolderFlush.Flush(_folder);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MeshException($"{PathOf(id)} cannot be deleted: {exception.Message}", exception);
        }
    }

    private string PathOf(NodeId id) => Path.Combine(_folder, id + Extension);
}
