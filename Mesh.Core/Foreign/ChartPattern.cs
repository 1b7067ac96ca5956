namespace Mesh.Core.Foreign;

/// <summary>
/// Chooses charts by address: <c>node/chart</c>, with <c>+</c> for one segment and <c>...</c> for the rest.
/// </summary>
/// <remarks>
/// <c>pi/blinker</c>, <c>pi/...</c>, <c>+/blinker</c>; a pattern of one segment chooses all charts of a node.
/// </remarks>
public sealed class ChartPattern
{
    private const int MaxCharacters = 1_024;
    private const string OneSegment = "+";
    private const string Rest = "...";

    private readonly string[] _segments;

    private ChartPattern(string[] segments) => _segments = segments;

    /// <summary>Chooses every chart.</summary>
    public static ChartPattern All { get; } = new([Rest]);

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">What a person wrote.</param>
    /// <param name="pattern">The pattern, when the method returns <see langword="true"/>.</param>
    /// <returns>
    /// <see langword="false"/> when a segment is empty, <c>...</c> is not the last one, or the text is longer than any
    /// address.
    /// </returns>
    public static bool TryParse(string text, out ChartPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(text);
        pattern = All;
        if (text.Length > MaxCharacters)
        {
            return false;
        }

        var segments = text.Split('/');
        if (Array.Exists(segments, segment => segment.Length == 0) || Array.IndexOf(segments, Rest) is var rest
            && rest >= 0 && rest < segments.Length - 1)
        {
            return false;
        }

        pattern = new ChartPattern(segments.Length == 1 && segments[0] != Rest ? [segments[0], Rest] : segments);
        return true;
    }

    /// <summary>Tells whether the pattern chooses a chart.</summary>
    /// <param name="node">The name of the node.</param>
    /// <param name="chart">The name of the chart.</param>
    /// <returns>True when it does.</returns>
    public bool Matches(string node, string chart)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(chart);
        return Matches($"{node}/{chart}");
    }

    /// <summary>Whether any chart of a node can match.</summary>
    /// <param name="node">The node's name.</param>
    /// <returns>True unless the first segment names another node.</returns>
    public bool MatchesNode(string node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return _segments[0] is OneSegment or Rest || _segments[0] == node;
    }

    /// <summary>The pattern as it is written.</summary>
    /// <returns>Its segments.</returns>
    public override string ToString() => string.Join('/', _segments);

    private bool Matches(ReadOnlySpan<char> address)
    {
        var index = 0;
        foreach (var range in address.Split('/'))
        {
            if (index < _segments.Length && _segments[index] == Rest)
            {
                return true;
            }

            if (index == _segments.Length
                || (_segments[index] != OneSegment && !address[range].SequenceEqual(_segments[index])))
            {
                return false;
            }

            index++;
        }

        return index == _segments.Length;
    }
}
