namespace Mesh.Core.Logs;

/// <summary>Records of a lane that will never be seen here.</summary>
/// <param name="Incarnation">The incarnation whose lane it is.</param>
/// <param name="Lane">The lane.</param>
/// <param name="After">Number of the last record before them, 0 when there is none.</param>
/// <param name="Before">Number of the first record after them; null when that is not known.</param>
/// <param name="Reason">Why they are missing.</param>
public readonly record struct Gap(ulong Incarnation, ushort Lane, ulong After, ulong? Before, GapReason Reason)
{
    /// <summary>How many records are missing; null when that is not known.</summary>
    public ulong? Count => Before - After - 1;
}
