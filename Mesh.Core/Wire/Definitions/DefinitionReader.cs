using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Mesh.Statecharts.Definition;

namespace Mesh.Core.Wire.Definitions;

/// <summary>Reads the definition of a chart from the canonical bytes that a peer sent.</summary>
/// <remarks>
/// docs/wire-format.md §10. The hash is that of the bytes as received, so a definition that grew at its end since this
/// version keeps the name that its publisher gave it, although <see cref="ChartDefinition.Hash"/> then differs.
/// </remarks>
internal static class DefinitionReader
{
    /// <summary>Reads and checks a definition.</summary>
    /// <param name="source">The canonical bytes, untrusted, any length.</param>
    /// <param name="hash">The hash that was asked for, 32 bytes.</param>
    /// <param name="definition">The definition, when the method returns <see langword="true"/>.</param>
    /// <param name="refusal">What is wrong, for people, when it returns <see langword="false"/>.</param>
    /// <returns>
    /// <see langword="false"/> when the bytes are too many, have another hash, are malformed, or hold what is no chart.
    /// </returns>
    public static bool TryRead(
        ReadOnlySpan<byte> source,
        ReadOnlySpan<byte> hash,
        [NotNullWhen(true)] out ChartDefinition? definition,
        [NotNullWhen(false)] out string? refusal)
    {
        definition = null;
        if (source.Length > WireLimits.MaxDefinitionBytes)
        {
            refusal = $"the definition has {source.Length} bytes, more than {WireLimits.MaxDefinitionBytes}";
            return false;
        }

        Span<byte> own = stackalloc byte[WireSizes.HashBytes];
        SHA256.HashData(source, own);
        if (!own.SequenceEqual(hash))
        {
            refusal = "the definition has another hash than the one that was asked for";
            return false;
        }

        return ChartDefinition.TryRead(source, out definition, out refusal);
    }
}
