using System.Text;

namespace Mesh.Statecharts.Definition;

/// <summary>The signals that the engine itself sends; no chart may use their names.</summary>
internal static class InnerSignals
{
    /// <summary>Carries a subscription that was asked for before the chart ran.</summary>
    public const string SubscribeMeta = "SUBSCRIBE_META_SIGNAL";

    /// <summary>Carries a publication that was asked for before the chart ran.</summary>
    public const string PublishMeta = "PUBLISH_META_SIGNAL";

    /// <summary>The step by which a restored chart begins.</summary>
    public const string RestoreMeta = "RESTORE_META_SIGNAL";

    private static readonly HashSet<string> Names =
    [
        "ENTRY_SIGNAL", "EXIT_SIGNAL", "INIT_SIGNAL", "REFLECTION_SIGNAL", "EMPTY_SIGNAL", "SEARCH_FOR_SUPER_SIGNAL",
        "STOP_FABRIC_SIGNAL", "STOP_ACTIVE_OBJECT_SIGNAL", SubscribeMeta, PublishMeta, RestoreMeta,
    ];

    /// <summary>Whether an inner signal has this name.</summary>
    public static bool Contains(string name) => Names.Contains(name);

    /// <summary>Whether an inner signal has this name, given as UTF-8.</summary>
    public static bool Contains(ReadOnlySpan<byte> name)
    {
        foreach (var inner in Names)
        {
            if (Ascii.Equals(name, inner))
            {
                return true;
            }
        }

        return false;
    }
}
