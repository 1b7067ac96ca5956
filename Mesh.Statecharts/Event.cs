using System.Diagnostics.CodeAnalysis;

namespace Mesh.Statecharts;

/// <summary>A signal and what it carries.</summary>
/// <param name="Signal">What happened.</param>
/// <param name="Payload">What it carries, or <see langword="null"/>. Not printed by spy or trace.</param>
[SuppressMessage("Naming", "CA1716", Justification = "The word of UML and miros; other languages can quote it.")]
public readonly record struct Event(Signal Signal, object? Payload = null)
{
    /// <summary>An event without a payload.</summary>
    /// <param name="signal">What happened.</param>
    public static implicit operator Event(Signal signal) => new(signal);

    /// <summary>An event without a payload.</summary>
    /// <param name="signal">What happened.</param>
    /// <returns>The event.</returns>
    public static Event FromSignal(Signal signal) => new(signal);

    /// <summary>The text that miros gives an event: <c>Mary::&lt;payload&gt;</c>.</summary>
    /// <returns>The name of the signal and the payload's own text, empty when there is none.</returns>
    public override string ToString() => $"{Signal?.Name}::<{Payload}>";
}
