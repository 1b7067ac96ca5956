using Mesh.Statecharts.Hosting;

namespace Mesh.Node.Samples;

/// <summary>How samples behave.</summary>
/// <param name="NodeName">The name of the node that they run on.</param>
/// <param name="Events">The signals that the producer is sent, once; null for its own, over and over.</param>
/// <param name="Period">The time between two events; longer than zero.</param>
internal sealed record SampleSettings(string NodeName, IReadOnlyList<string>? Events, TimeSpan Period)
{
    /// <summary>Brings what charts from files publish to those that subscribed.</summary>
    public EventBus Bus { get; init; } = new();
}
