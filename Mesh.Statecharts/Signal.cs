namespace Mesh.Statecharts;

/// <summary>What an event is called: charts react to signals, and two signals of one name are the same
/// signal.</summary>
/// <remarks>
/// Make one per name and keep it, usually in a <c>static readonly</c> field. A chart finds the number of a signal that
/// it
/// met before without hashing its name. Threads may share a signal.
/// </remarks>
public class Signal : IEquatable<Signal>
{
    private static int _lastId;

    /// <summary>Makes a signal that carries any payload or none.</summary>
    /// <param name="name">What spy and trace print. Not empty.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public Signal(string name)
        : this(name, null, null)
    {
    }

    private protected Signal(string name, Type? payloadType, string? payloadName)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        PayloadType = payloadType;
        PayloadName = payloadName;
        Id = Interlocked.Increment(ref _lastId);
    }

    /// <summary>What spy and trace print.</summary>
    public string Name { get; }

    /// <summary>The type that a payload of this signal must have; <see langword="null"/> when anything goes.</summary>
    public Type? PayloadType { get; }

    /// <summary>What the payload type is called in a chart definition; <see langword="null"/> when there is
    /// none.</summary>
    public string? PayloadName { get; }

    /// <summary>A small number of this object in this process, for look-up tables; never 0, never on the
    /// wire.</summary>
    internal int Id { get; }

    /// <summary>Whether an event of this signal may carry this payload.</summary>
    /// <param name="payload">The payload, or <see langword="null"/> for none.</param>
    /// <returns><see langword="false"/> when the signal is typed and the payload is not of that type.</returns>
    public virtual bool Accepts(object? payload) => true;

    /// <summary>Whether two signals have one name, and so are the same.</summary>
    /// <param name="left">A signal, or nothing.</param>
    /// <param name="right">A signal, or nothing.</param>
    /// <returns><see langword="true"/> also for nothing and nothing.</returns>
    public static bool operator ==(Signal? left, Signal? right) =>
        ReferenceEquals(left, right) || (left is not null && left.Equals(right));

    /// <summary>Whether two signals have different names.</summary>
    /// <param name="left">A signal, or nothing.</param>
    /// <param name="right">A signal, or nothing.</param>
    /// <returns>The opposite of ==.</returns>
    public static bool operator !=(Signal? left, Signal? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(Signal? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as Signal);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
