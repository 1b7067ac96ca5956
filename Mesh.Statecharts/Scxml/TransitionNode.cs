using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Scxml;

/// <summary>A <c>&lt;transition&gt;</c> of a file.</summary>
internal sealed class TransitionNode(TextPosition position)
{
    /// <summary>Where it stands.</summary>
    public TextPosition Position => position;

    /// <summary>What it reacts to; nothing when it needs no event.</summary>
    public NameList? Events { get; init; }

    /// <summary>What must hold.</summary>
    public CodeText? Condition { get; init; }

    /// <summary>Where to.</summary>
    public NameList? Targets { get; init; }

    /// <summary>Whether it does not leave its source.</summary>
    public bool IsInternal { get; init; }

    /// <summary>What a transition without a target reports.</summary>
    public Report Report { get; init; }

    /// <summary>What it runs.</summary>
    public required ContentBlock Content { get; init; }
}
