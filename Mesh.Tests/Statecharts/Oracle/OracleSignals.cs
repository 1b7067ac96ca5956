namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>The names of the signals that the processor itself asks with.</summary>
internal static class OracleSignals
{
    /// <summary>Asks a state who its parent is.</summary>
    public const string Search = "SEARCH_FOR_SUPER_SIGNAL";

    /// <summary>Sent to a state that is being entered.</summary>
    public const string Entry = "ENTRY_SIGNAL";

    /// <summary>Sent to a state that is being left.</summary>
    public const string Exit = "EXIT_SIGNAL";

    /// <summary>Sent to a state in which the chart came to rest.</summary>
    public const string Init = "INIT_SIGNAL";

    /// <summary>Asks a state that refused an event who its parent is.</summary>
    public const string Empty = "EMPTY_SIGNAL";

    /// <summary>Carries a subscription that was asked for before the chart ran.</summary>
    public const string SubscribeMeta = "SUBSCRIBE_META_SIGNAL";

    /// <summary>Carries a publication that was asked for before the chart ran.</summary>
    public const string PublishMeta = "PUBLISH_META_SIGNAL";

    /// <summary>Whether a signal is not one of the author's.</summary>
    public static bool IsInner(string signal) =>
        signal is Search or Entry or Exit or Init or Empty or SubscribeMeta or PublishMeta;
}
