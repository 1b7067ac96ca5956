using Mesh.Core.Logs;

namespace Mesh.Core.Foreign;

/// <summary>Steps of a foreign chart that will never be seen here.</summary>
/// <param name="After">Number of the last step before them; null when they begin with the first.</param>
/// <param name="Before">Number of the first step after them.</param>
/// <param name="Reason">Why they are missing.</param>
public readonly record struct StepGap(ulong? After, ulong Before, GapReason Reason)
{
    /// <summary>How many steps are missing.</summary>
    public ulong Count => After is { } after ? Before - after - 1 : Before;
}
