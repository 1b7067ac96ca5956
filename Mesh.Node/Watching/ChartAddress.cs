using Mesh.Core;

namespace Mesh.Node.Watching;

/// <summary>One chart of one node: <c>pi/producer</c>.</summary>
/// <param name="Node">The name of the node.</param>
/// <param name="Chart">The name of the chart there.</param>
internal sealed record ChartAddress(string Node, string Chart)
{
    private const int MaxCharacters = NodeName.MaxBytes + 1 + NodeName.MaxBytes;

    /// <summary>Reads an address.</summary>
    /// <param name="text">What was written.</param>
    /// <returns>Null when it is no address of one chart.</returns>
    public static ChartAddress? TryParse(string text) =>
        text.Length <= MaxCharacters
        && text.Split('/') is [var node, var chart] && NodeName.IsValid(node) && NodeName.IsValid(chart)
            ? new ChartAddress(node, chart)
            : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Node}/{Chart}";
}
