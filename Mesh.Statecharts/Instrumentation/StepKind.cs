namespace Mesh.Statecharts.Instrumentation;

/// <summary>What sort of step a record is about. Values are wire values.</summary>
public enum StepKind : byte
{
    /// <summary>The start of the chart.</summary>
    Start = 0,

    /// <summary>An event that ran to completion.</summary>
    Step = 1,

    /// <summary>A start or an event whose handler threw; the chart stays in the state before it and runs no
    /// more.</summary>
    Fault = 2,
}
