namespace Mesh.Core.Logs;

/// <summary>How far one chart has been written into one lane.</summary>
/// <param name="image">What was written amounts to this.</param>
internal sealed class ChartProgress(ChartImage image)
{
    /// <summary>What was written so far amounts to this.</summary>
    public ChartImage Image { get; } = image;

    /// <summary>True when the record that the chart begins was written.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>How many names of signals were written.</summary>
    public int SignalNames { get; set; }

    /// <summary>How many names of states were written.</summary>
    public int StateNames { get; set; }

    /// <summary>The next step, or line of the trace, to read from the ring.</summary>
    public ulong Next;

    /// <summary>On the trace lane: the number of the step after the last one written.</summary>
    public ulong StepAfter { get; set; }

    /// <summary>On the trace lane: true when lines were lost since the last one that was written.</summary>
    public bool HasLost { get; set; }
}
