namespace Mesh.Statecharts;

/// <summary>A signal whose events carry a payload of one type.</summary>
/// <typeparam name="TPayload">What the events carry. A value type is boxed once, when the event is made.</typeparam>
public sealed class Signal<TPayload> : Signal
{
    /// <summary>Makes a typed signal.</summary>
    /// <param name="name">What spy and trace print. Not empty.</param>
    /// <param name="payloadName">What the chart definition calls the payload; by default the name of the type.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public Signal(string name, string? payloadName = null)
        : base(name, typeof(TPayload), payloadName ?? typeof(TPayload).Name)
    {
    }

    /// <summary>Makes an event of this signal.</summary>
    /// <param name="payload">What the event carries; share only what nobody changes.</param>
    /// <returns>The event.</returns>
    public Event With(TPayload payload) => new(this, payload);

    /// <inheritdoc/>
    public override bool Accepts(object? payload) =>
        payload is TPayload || (payload is null && default(TPayload) is null);
}
