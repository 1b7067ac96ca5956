using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary><c>&lt;mesh:defer&gt;</c>: puts an event aside, the current one if none is named.</summary>
internal sealed class DeferStep(TextPosition position, Signal? signal) : ContentStep(position)
{
    /// <inheritdoc/>
    public override void Run(ScxmlMemory memory)
    {
        var deferred = signal is null ? memory.Chart.CurrentEvent : new Event(signal);
        if (deferred.Signal is null)
        {
            throw new DataException("there is no current event to defer");
        }

        // A full queue refuses and counts.
        _ = memory.Chart.Defer(deferred);
    }
}
