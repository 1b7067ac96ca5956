using Mesh.Core.Identity;
using Mesh.Core.Trust;

namespace Mesh.Tests.Support;

/// <summary>Rows of peers without a disk.</summary>
internal sealed class MemoryTrustFiles : ITrustFiles
{
    private readonly Dictionary<NodeId, byte[]> _files = [];

    public int SaveCount { get; private set; }

    public IReadOnlyList<byte[]> Load(ICollection<string> faults) => [.. _files.Values];

    public void Save(NodeId id, ReadOnlySpan<byte> content)
    {
        SaveCount++;
        _files[id] = content.ToArray();
    }

    public void Delete(NodeId id) => _files.Remove(id);
}
