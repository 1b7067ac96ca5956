namespace Mesh.Core.Logs;

/// <summary>The canonical definitions of this node's charts, found by their hash.</summary>
internal sealed class DefinitionShelf
{
    private readonly Dictionary<DefinitionHash, ReadOnlyMemory<byte>> _definitions = [];

    /// <summary>Adds a definition; the same one again changes nothing.</summary>
    /// <param name="hash">The SHA-256 of the bytes.</param>
    /// <param name="canonicalBytes">The bytes; not changed from now on.</param>
    public void Add(DefinitionHash hash, ReadOnlyMemory<byte> canonicalBytes) =>
        _ = _definitions.TryAdd(hash, canonicalBytes);

    /// <summary>Finds a definition.</summary>
    /// <param name="hash">Exactly 32 bytes.</param>
    /// <param name="canonicalBytes">The definition.</param>
    /// <returns>False when no chart of this node has such a definition.</returns>
    public bool TryGet(ReadOnlySpan<byte> hash, out ReadOnlyMemory<byte> canonicalBytes) =>
        _definitions.TryGetValue(DefinitionHash.Read(hash), out canonicalBytes);
}
