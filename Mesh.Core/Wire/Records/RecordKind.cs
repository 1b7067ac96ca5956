namespace Mesh.Core.Wire.Records;

/// <summary>What a record of a frame is (docs/wire-format.md §8).</summary>
internal enum RecordKind : byte
{
    /// <summary>A kind that this version does not know: it has a number like any other and says nothing.</summary>
    Unknown = 0,

    /// <summary>An instance of a chart begins.</summary>
    Chart = 1,

    /// <summary>A step, all of it.</summary>
    Step = 2,

    /// <summary>A step, told by what changed since the chart's previous one. Readers give it as a step.</summary>
    RelativeStep = 3,

    /// <summary>A signal or state outside the definition gets its text.</summary>
    Name = 4,

    /// <summary>Steps were overwritten before they were read.</summary>
    Lost = 5,

    /// <summary>An instance of a chart ended.</summary>
    End = 6,

    /// <summary>A step that took a transition, on the trace lane.</summary>
    Trace = 7,

    /// <summary>A relative step with a dynamic target or with notes. Readers give it as a step.</summary>
    NotedStep = 8,
}
