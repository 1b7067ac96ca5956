using Mesh.Core.Identity;

namespace Mesh.Core.Trust;

/// <summary>Where the rows of peers are kept: one file each.</summary>
internal interface ITrustFiles
{
    /// <summary>Reads every file.</summary>
    /// <param name="faults">Gets one line for each file that cannot be used; such files are left alone.</param>
    /// <returns>The contents.</returns>
    IReadOnlyList<byte[]> Load(ICollection<string> faults);

    /// <summary>Writes a file aside, flushes it to the disk, and puts it in place.</summary>
    /// <param name="id">Whose row it is.</param>
    /// <param name="content">The whole file.</param>
    /// <exception cref="MeshException">It cannot be written.</exception>
    void Save(NodeId id, ReadOnlySpan<byte> content);

    /// <summary>Deletes a file; nothing happens when there is none.</summary>
    /// <param name="id">Whose row it is.</param>
    /// <exception cref="MeshException">It cannot be deleted.</exception>
    void Delete(NodeId id);
}
