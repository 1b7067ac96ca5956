namespace Mesh.Statecharts.Definition;

/// <summary>What a state answers to entry, exit or init; it shows in the spy. Values are wire values.</summary>
public enum Report : byte
{
    /// <summary>Caught: the state has dealt with it.</summary>
    Handled = 0,

    /// <summary>Not caught: the state names its parent. Code may have run all the same.</summary>
    Super = 1,

    /// <summary>Caught but refused. In entry, exit and init it prints the same lines as <see cref="Super"/>.</summary>
    Unhandled = 2,
}
