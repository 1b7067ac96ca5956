namespace Mesh.Statecharts.Scxml;

/// <summary><c>&lt;mesh:recall&gt;</c>: moves the oldest deferred event to the end of the queue.</summary>
internal sealed class RecallStep(TextPosition position) : ContentStep(position)
{
    /// <inheritdoc/>
    public override void Run(ScxmlMemory memory) => memory.Chart.Recall();
}
