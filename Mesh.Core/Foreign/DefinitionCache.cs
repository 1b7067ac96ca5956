using Mesh.Core.Logs;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Definitions;
using Mesh.Statecharts.Definition;

namespace Mesh.Core.Foreign;

/// <summary>The definitions of foreign charts, found by hash, whoever sent them. Used by the loop only.</summary>
internal sealed class DefinitionCache
{
    private const int MaxDefinitions = 1_024;

    // Of canonical bytes. A definition takes less than twice as much, and about ten times when all of it was looked at.
    private const int MaxBytes = 16 * 1024 * 1024;

    private readonly Dictionary<DefinitionHash, ChartDefinition> _definitions = [];
    private readonly Queue<DefinitionHash> _order = new();
    private long _bytes;

    /// <summary>Finds a definition.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="definition">The definition.</param>
    /// <returns>False when it is not known.</returns>
    public bool TryGet(DefinitionHash hash, out ChartDefinition? definition) =>
        _definitions.TryGetValue(hash, out definition);

    /// <summary>Checks and keeps a definition; the oldest goes when there are too many.</summary>
    /// <param name="hash">The hash that was asked for.</param>
    /// <param name="canonicalBytes">What came, untrusted.</param>
    /// <param name="definition">The definition.</param>
    /// <returns>False when the bytes are no definition of that hash.</returns>
    public bool TryAdd(DefinitionHash hash, ReadOnlySpan<byte> canonicalBytes, out ChartDefinition? definition)
    {
        Span<byte> expected = stackalloc byte[WireSizes.HashBytes];
        hash.Write(expected);
        if (!DefinitionReader.TryRead(canonicalBytes, expected, out definition, out _))
        {
            return false;
        }

        if (_definitions.TryAdd(hash, definition))
        {
            _order.Enqueue(hash);
            _bytes += definition.CanonicalBytes.Length;
        }

        while (_order.Count > MaxDefinitions || _bytes > MaxBytes)
        {
            _ = _definitions.Remove(_order.Dequeue(), out var oldest);
            _bytes -= oldest!.CanonicalBytes.Length;
        }

        return true;
    }
}
