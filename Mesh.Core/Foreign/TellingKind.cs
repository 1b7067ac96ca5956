namespace Mesh.Core.Foreign;

/// <summary>What there is to tell the listeners of a view.</summary>
internal enum TellingKind
{
    /// <summary>A chart appeared.</summary>
    Appeared,

    /// <summary>A chart made a step.</summary>
    Step,

    /// <summary>A chart took a transition, on the trace lane.</summary>
    Trace,

    /// <summary>Steps of a chart are missing.</summary>
    StepsMissing,

    /// <summary>Records of a lane are missing.</summary>
    RecordsMissing,

    /// <summary>A chart is over.</summary>
    Ended,
}
