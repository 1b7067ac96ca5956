namespace Mesh.Statecharts.Engine;

/// <summary>A transition of the Scxml profile ready to run.</summary>
/// <remarks>One that can meet a history has no fixed domain and entries: they are found when it is taken.</remarks>
internal sealed class ScxmlMove
{
    /// <summary>The number of the transition.</summary>
    public required int Number { get; init; }

    /// <summary>The state that has it.</summary>
    public required int Source { get; init; }

    /// <summary>Whether it keeps its source where it can.</summary>
    public required bool IsInternal { get; init; }

    /// <summary>Whether it puts its event aside.</summary>
    public bool IsDeferral { get; init; }

    /// <summary>Where it goes; empty for a transition without a target.</summary>
    public required int[] Targets { get; init; }

    /// <summary>The innermost state that it does not leave, or top.</summary>
    public int Domain { get; init; }

    /// <summary>The states that it enters; <see langword="null"/> when that depends on what histories
    /// remember.</summary>
    public ulong[]? Enter { get; init; }

    /// <summary>Those of them that are entered by default.</summary>
    public ulong[] ByDefault { get; init; } = [];
}
