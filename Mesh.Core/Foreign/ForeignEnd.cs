namespace Mesh.Core.Foreign;

/// <summary>Whether and why a foreign chart is over.</summary>
public enum ForeignEnd
{
    /// <summary>It runs, as far as is known.</summary>
    None,

    /// <summary>It was stopped.</summary>
    Stopped,

    /// <summary>What hosted it failed.</summary>
    FaultedHost,

    /// <summary>Its node ended in good order.</summary>
    NodeStopped,

    /// <summary>Its node began anew or was given up; how the chart ended is not known.</summary>
    NodeLost,
}
