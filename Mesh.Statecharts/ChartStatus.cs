namespace Mesh.Statecharts;

/// <summary>Whether a chart can run.</summary>
public enum ChartStatus
{
    /// <summary>Not started.</summary>
    Created,

    /// <summary>Started; takes events.</summary>
    Running,

    /// <summary>A handler threw: the chart stays where it was before that step and takes no more events.</summary>
    Faulted,

    /// <summary>Stopped on purpose; takes no more events.</summary>
    Stopped,

    /// <summary>Reached an outermost final state of the Scxml profile; takes no more events.</summary>
    Done,
}
