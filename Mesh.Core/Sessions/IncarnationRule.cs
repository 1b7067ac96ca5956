namespace Mesh.Core.Sessions;

/// <summary>What a node does when a peer knows a later incarnation of it (after a roll-back of its disk).</summary>
internal static class IncarnationRule
{
    /// <summary>How far ahead a peer may send a node, in the milliseconds that incarnations count: one day.</summary>
    public const ulong MaxLeap = 24UL * 60 * 60 * 1000;

    /// <summary>Continues behind what the peer knows, if that is near enough to be honest.</summary>
    /// <param name="known">What the peer knows, untrusted.</param>
    /// <param name="own">The incarnation in use.</param>
    /// <param name="wallMilliseconds">The wall clock, in milliseconds since 1970.</param>
    /// <param name="next">The incarnation to go on with, when the method returns <see langword="true"/>.</param>
    /// <returns>
    /// <see langword="false"/> when the peer knows nothing later, or a day or more ahead: a person has to look then.
    /// </returns>
    public static bool TryContinue(ulong known, ulong own, ulong wallMilliseconds, out ulong next)
    {
        var reference = Math.Max(own, wallMilliseconds);
        var isNear = known >= own && (known <= reference || known - reference < MaxLeap) && known < ulong.MaxValue;
        next = isNear ? known + 1 : 0;
        return isNear;
    }
}
