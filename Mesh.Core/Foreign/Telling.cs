using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Foreign;

/// <summary>
/// Something to tell the listeners, kept while a definition is on its way, so that all is told in order.
/// </summary>
internal readonly record struct Telling
{
    /// <summary>What it is.</summary>
    public required TellingKind Kind { get; init; }

    /// <summary>The chart it is about; null for <see cref="TellingKind.RecordsMissing"/>.</summary>
    public ForeignHsm? Hsm { get; init; }

    /// <summary>The step; or the line of the trace, as a step.</summary>
    public StepRecord Step { get; init; }

    /// <summary>A copy of the notes of the step; null when it has none.</summary>
    public byte[]? Notes { get; init; }

    /// <summary>The clocks of the frame.</summary>
    public FrameClock Clock { get; init; }

    /// <summary>
    /// What is missing: a <see cref="Foreign.StepGap"/> or a <see cref="Logs.Gap"/>. Few tellings have one, and many
    /// may have to wait.
    /// </summary>
    public object? Missing { get; init; }
}
