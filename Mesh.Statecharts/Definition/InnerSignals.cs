using System.Collections.Frozen;

namespace Mesh.Statecharts.Definition;

/// <summary>The signals that the engine itself sends; no chart may use their names.</summary>
internal static class InnerSignals
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "ENTRY_SIGNAL", "EXIT_SIGNAL", "INIT_SIGNAL", "REFLECTION_SIGNAL", "EMPTY_SIGNAL", "SEARCH_FOR_SUPER_SIGNAL",
        "STOP_FABRIC_SIGNAL", "STOP_ACTIVE_OBJECT_SIGNAL", "SUBSCRIBE_META_SIGNAL", "PUBLISH_META_SIGNAL",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether an inner signal has this name.</summary>
    public static bool Contains(string name) => Names.Contains(name);
}
