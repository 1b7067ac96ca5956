namespace Mesh.Statecharts.Scxml;

/// <summary><c>&lt;raise&gt;</c>: an event for the internal queue.</summary>
internal sealed class RaiseStep(TextPosition position, Signal signal) : ContentStep(position)
{
    /// <inheritdoc/>
    public override void Run(ScxmlMemory memory) => memory.Chart.Raise(signal);
}
