using Mesh.Core.Logs;
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

    /// <summary>The step.</summary>
    public StepRecord Step { get; init; }

    /// <summary>A copy of the notes of the step.</summary>
    public ReadOnlyMemory<byte> Notes { get; init; }

    /// <summary>The line of the trace.</summary>
    public TraceRecord Trace { get; init; }

    /// <summary>The clocks of the frame.</summary>
    public FrameClock Clock { get; init; }

    /// <summary>The missing steps.</summary>
    public StepGap StepGap { get; init; }

    /// <summary>The missing records.</summary>
    public Gap Gap { get; init; }
}
