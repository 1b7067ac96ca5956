namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>What a state does with one signal: a guard, if any, some actions, then a transition or a report.</summary>
internal sealed record ReactionSpec
{
    /// <summary>Nothing but "handled".</summary>
    public static readonly ReactionSpec Handled = new();

    /// <summary>The condition; null: always. When it is false the next reaction to the same signal is tried.</summary>
    public SpecGuard? When { get; init; }

    /// <summary>The actions, in order, run before the transition or the report.</summary>
    public IReadOnlyList<SpecAction> Do { get; init; } = [];

    /// <summary>The state to transition to, <c>*slot</c> for a remembered one, null for no transition.</summary>
    public string? Then { get; init; }

    /// <summary>What is reported when there is no transition.</summary>
    public SpecReport Report { get; init; }

    /// <summary>The name of the remembered state to transition to, when the target is one.</summary>
    public string? Slot() => Then is ['*', .. var slot] ? slot : null;
}
