using Mesh.Core.Identity;

namespace Mesh.Core.Logs;

/// <summary>How far a reader has come in the log of a node. Ordered by node, incarnation, lane, record.</summary>
/// <param name="Node">The publisher.</param>
/// <param name="Incarnation">Its incarnation.</param>
/// <param name="Lane">The lane.</param>
/// <param name="Record">Number of the last record that was applied; 0 for none.</param>
public readonly record struct LogCursor(NodeId Node, ulong Incarnation, ushort Lane, ulong Record)
    : IComparable<LogCursor>
{
    /// <summary>Whether a cursor comes before another.</summary>
    /// <param name="left">One cursor.</param>
    /// <param name="right">The other.</param>
    /// <returns>The answer.</returns>
    public static bool operator <(LogCursor left, LogCursor right) => left.CompareTo(right) < 0;

    /// <summary>Whether a cursor comes before another or is equal.</summary>
    /// <param name="left">One cursor.</param>
    /// <param name="right">The other.</param>
    /// <returns>The answer.</returns>
    public static bool operator <=(LogCursor left, LogCursor right) => left.CompareTo(right) <= 0;

    /// <summary>Whether a cursor comes after another.</summary>
    /// <param name="left">One cursor.</param>
    /// <param name="right">The other.</param>
    /// <returns>The answer.</returns>
    public static bool operator >(LogCursor left, LogCursor right) => left.CompareTo(right) > 0;

    /// <summary>Whether a cursor comes after another or is equal.</summary>
    /// <param name="left">One cursor.</param>
    /// <param name="right">The other.</param>
    /// <returns>The answer.</returns>
    public static bool operator >=(LogCursor left, LogCursor right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(LogCursor other)
    {
        var order = Node.CompareTo(other.Node);
        order = order != 0 ? order : Incarnation.CompareTo(other.Incarnation);
        order = order != 0 ? order : Lane.CompareTo(other.Lane);
        return order != 0 ? order : Record.CompareTo(other.Record);
    }
}
