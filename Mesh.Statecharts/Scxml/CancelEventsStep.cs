namespace Mesh.Statecharts.Scxml;

/// <summary><c>&lt;mesh:cancel&gt;</c>: ends all timed posts of a signal.</summary>
internal sealed class CancelEventsStep(TextPosition position, Signal signal) : ContentStep(position)
{
    /// <inheritdoc/>
    public override void Run(ScxmlMemory memory) => memory.Chart.CancelEvents(signal);
}
