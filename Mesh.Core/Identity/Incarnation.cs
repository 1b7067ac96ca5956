namespace Mesh.Core.Identity;

/// <summary>The arithmetic of incarnations: which run of a node is the later one.</summary>
internal static class Incarnation
{
    /// <summary>How far ahead a peer's memory may be and still be believed: a day, in milliseconds.</summary>
    public const ulong MaxAheadMs = 24 * 60 * 60 * 1_000;

    /// <summary>The incarnation of a new run.</summary>
    /// <param name="last">The last one used, 0 when none was; below the greatest number.</param>
    /// <param name="unixMs">Milliseconds since 1970; a clock before that counts as 0.</param>
    /// <returns>The greater of <paramref name="last"/> + 1 and the clock.</returns>
    public static ulong Next(ulong last, long unixMs) => Math.Max(last + 1, (ulong)Math.Max(0, unixMs));

    /// <summary>What to do when a peer says that it knows a later incarnation of this node.</summary>
    /// <param name="own">The incarnation of this run.</param>
    /// <param name="known">The one that the peer knows; untrusted.</param>
    /// <param name="next">The incarnation to continue with, for <see cref="StaleRuling.Continue"/>.</param>
    /// <returns>The ruling.</returns>
    public static StaleRuling Judge(ulong own, ulong known, out ulong next)
    {
        next = own;
        if (known <= own)
        {
            return StaleRuling.Ignore;
        }

        // A peer could otherwise push a node to the last number there is, and so out of the mesh.
        if (known - own >= MaxAheadMs || known == ulong.MaxValue)
        {
            return StaleRuling.AskPerson;
        }

        next = known + 1;
        return StaleRuling.Continue;
    }
}
