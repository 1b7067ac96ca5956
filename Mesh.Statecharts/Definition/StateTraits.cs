namespace Mesh.Statecharts.Definition;

/// <summary>Facts about a state that its other fields do not hold. Bits are wire values.</summary>
[Flags]
public enum StateTraits
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>The target of the init is chosen when it runs.</summary>
    DynamicInit = 1,

    /// <summary>Entry runs code.</summary>
    EntryCode = 2,

    /// <summary>Exit runs code.</summary>
    ExitCode = 4,

    /// <summary>Init runs code.</summary>
    InitCode = 8,
}
