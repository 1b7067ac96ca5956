using System.Text;

namespace Mesh.Statecharts.Definition;

/// <summary>One state as it stands in the canonical bytes; its numbers are those of a peer, unchecked.</summary>
internal ref struct StateRow
{
    /// <summary>Elements of a state.</summary>
    public const int Fields = 8;

    /// <summary>Elements of a state of <see cref="Profile.Scxml"/>.</summary>
    public const int ScxmlFields = 9;

    public ReadOnlySpan<byte> Name;
    public int? Parent;
    public int Kind;
    public int Entry;
    public int Exit;
    public int Init;
    public int? InitialTarget;
    public int Traits;
    public NumberList MoreInitialTargets;

    /// <summary>Reads the elements after the header of the array.</summary>
    public static bool TryRead(scoped ref CanonicalReader reader, bool isScxml, out StateRow row)
    {
        row = default;
        return reader.TryReadText(out row.Name)
            && reader.TryReadOptionalNumber(out row.Parent)
            && reader.TryReadNumber(out row.Kind)
            && reader.TryReadNumber(out row.Entry)
            && reader.TryReadNumber(out row.Exit)
            && reader.TryReadNumber(out row.Init)
            && reader.TryReadOptionalNumber(out row.InitialTarget)
            && reader.TryReadNumber(out row.Traits)
            && (!isScxml || reader.TryReadNumbers(out row.MoreInitialTargets));
    }

    /// <summary>Makes the state.</summary>
    public readonly StateDefinition ToDefinition()
    {
        var state = new StateDefinition(Encoding.UTF8.GetString(Name))
        {
            Parent = Parent,
            Kind = (StateKind)Kind,
            Entry = (Report)Entry,
            Exit = (Report)Exit,
            Init = (Report)Init,
            InitialTarget = InitialTarget,
            Traits = (StateTraits)Traits,
        };
        return MoreInitialTargets.Count == 0 ? state
            : state with { MoreInitialTargets = MoreInitialTargets.ToArray() };
    }
}
