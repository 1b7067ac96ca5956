namespace Mesh.Statecharts.Instrumentation;

/// <summary>What reading from a ring gave.</summary>
public enum StepReadResult
{
    /// <summary>Nothing new.</summary>
    Empty,

    /// <summary>A record.</summary>
    Read,

    /// <summary>Records were overwritten before they were read; the reader's place has moved past them.</summary>
    Lost,
}
