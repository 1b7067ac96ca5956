namespace Mesh.Statecharts.Definition;

/// <summary>How large a chart may be, whoever wrote it; checked before anything is allocated for it.</summary>
public static class ChartLimits
{
    /// <summary>The most states of a chart.</summary>
    public const int MaxStates = 4_096;

    /// <summary>The deepest that states may lie in one another; an outermost state has depth 1.</summary>
    public const int MaxDepth = 64;

    /// <summary>The most transitions of a chart.</summary>
    public const int MaxTransitions = 32_768;

    /// <summary>The most signals of a chart.</summary>
    public const int MaxSignals = 4_096;

    /// <summary>The most microsteps that one event may cause in <see cref="Profile.Scxml"/>; a chart that makes more
    /// is faulted.</summary>
    public const int MaxMicrosteps = 10_000;

    /// <summary>The longest name, in bytes of UTF-8.</summary>
    public const int MaxNameBytes = 256;

    /// <summary>The largest canonical form, in bytes.</summary>
    public const int MaxCanonicalBytes = 256 * 1_024;
}
