namespace Mesh.Statecharts.Scxml;

/// <summary><c>&lt;mesh:post&gt;</c>: an event for an end of the queue.</summary>
internal sealed class PostStep(TextPosition position, Signal signal, bool isLifo) : ContentStep(position)
{
    /// <inheritdoc/>
    public override void Run(ScxmlMemory memory)
    {
        // A full queue refuses and counts.
        _ = isLifo ? memory.Chart.PostLifo(signal) : memory.Chart.PostFifo(signal);
    }
}
