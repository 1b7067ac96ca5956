namespace Mesh.Statecharts.Scxml;

/// <summary><c>&lt;mesh:subscribe&gt;</c>: what is published under a name comes into the queue from now on.</summary>
internal sealed class SubscribeStep(TextPosition position, Signal signal, QueueType queue) : ContentStep(position)
{
    /// <inheritdoc/>
    public override void Run(ScxmlMemory memory) => memory.Chart.Subscribe(signal, queue);
}
