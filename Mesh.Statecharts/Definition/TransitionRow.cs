namespace Mesh.Statecharts.Definition;

/// <summary>One transition as it stands in the canonical bytes; its numbers are those of a peer, unchecked.</summary>
internal ref struct TransitionRow
{
    /// <summary>Elements of a transition.</summary>
    public const int Fields = 6;

    /// <summary>Elements of a transition of <see cref="Profile.Scxml"/>.</summary>
    public const int ScxmlFields = 8;

    public int Source;
    public int? Signal;
    public OptionalText Guard;
    public OptionalText Effect;
    public int? Target;
    public int Kind;
    public NumberList MoreSignals;
    public NumberList MoreTargets;

    /// <summary>Reads the elements after the header of the array.</summary>
    public static bool TryRead(scoped ref CanonicalReader reader, bool isScxml, out TransitionRow row)
    {
        row = default;
        return reader.TryReadNumber(out row.Source)
            && reader.TryReadOptionalNumber(out row.Signal)
            && reader.TryReadOptionalText(out row.Guard)
            && reader.TryReadOptionalText(out row.Effect)
            && reader.TryReadOptionalNumber(out row.Target)
            && reader.TryReadNumber(out row.Kind)
            && (!isScxml || (reader.TryReadNumbers(out row.MoreSignals) && reader.TryReadNumbers(out row.MoreTargets)));
    }

    /// <summary>Makes the transition.</summary>
    public readonly TransitionDefinition ToDefinition()
    {
        var transition = new TransitionDefinition(Source, Signal ?? TransitionDefinition.Eventless)
        {
            Guard = Guard.ToText(),
            Effect = Effect.ToText(),
            Target = Target,
            Kind = (TransitionKind)Kind,
        };
        return (MoreSignals.Count | MoreTargets.Count) == 0 ? transition
            : transition with { MoreSignals = MoreSignals.ToArray(), MoreTargets = MoreTargets.ToArray() };
    }
}
