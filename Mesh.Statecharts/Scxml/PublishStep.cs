namespace Mesh.Statecharts.Scxml;

/// <summary><c>&lt;mesh:publish&gt;</c>: an event for all charts that subscribed to it.</summary>
internal sealed class PublishStep(TextPosition position, Signal signal, int priority) : ContentStep(position)
{
    /// <inheritdoc/>
    public override void Run(ScxmlMemory memory) => memory.Chart.Publish(signal, priority);
}
