namespace Mesh.Statecharts;

/// <summary>Where an event came from, in the words of SCXML (5.10.1, <c>_event.type</c>).</summary>
public enum EventOrigin
{
    /// <summary>There is no event.</summary>
    None,

    /// <summary>The engine: an error, or that a state is done.</summary>
    Platform,

    /// <summary>A handler of the chart raised it.</summary>
    Internal,

    /// <summary>The queue of the chart.</summary>
    External,
}
