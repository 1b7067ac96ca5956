namespace Mesh.Core.Foreign;

/// <summary>What a view did not take of its peers, for statuses and tests. The loop alone counts.</summary>
internal sealed class ViewCounters
{
    /// <summary>Steps and lines of charts for which there was no room: the peer has too many, or too many without a
    /// name.</summary>
    public long DroppedSteps { get; set; }

    /// <summary>Names of states and signals that the budget of their peer had no room for.</summary>
    public long DroppedNames { get; set; }

    /// <summary>Definitions that did not come, were not what was asked for, or could not be read.</summary>
    public long RefusedDefinitions { get; set; }
}
