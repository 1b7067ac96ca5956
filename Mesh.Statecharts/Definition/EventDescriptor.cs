namespace Mesh.Statecharts.Definition;

/// <summary>How the events of <see cref="Profile.Scxml"/> are matched: by whole tokens from the front.</summary>
/// <remarks>
/// SCXML 3.12.1: <c>error</c> matches <c>error</c> and <c>error.send</c>, not <c>errors</c>; <c>*</c> matches
/// everything. A trailing <c>.*</c> or <c>.</c> says nothing.
/// </remarks>
public static class EventDescriptor
{
    /// <summary>Matches every event.</summary>
    public const string Any = "*";

    /// <summary>Cuts what says nothing from the end of a descriptor.</summary>
    /// <param name="descriptor">One descriptor.</param>
    /// <returns>The name that it stands for, or <see cref="Any"/>; empty when nothing is left.</returns>
    public static string Normalise(string descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        return descriptor == Any ? Any
            : descriptor.EndsWith(".*", StringComparison.Ordinal) ? descriptor[..^2]
            : descriptor.EndsWith('.') ? descriptor[..^1]
            : descriptor;
    }

    /// <summary>Whether a descriptor matches an event.</summary>
    /// <param name="descriptor">A normalised descriptor.</param>
    /// <param name="name">The name of an event.</param>
    /// <returns>True when its tokens are the first ones of the name.</returns>
    public static bool Matches(string descriptor, string name)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(name);
        return descriptor == Any
            || (name.StartsWith(descriptor, StringComparison.Ordinal)
                && (name.Length == descriptor.Length || name[descriptor.Length] == '.'));
    }
}
