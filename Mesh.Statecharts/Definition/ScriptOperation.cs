namespace Mesh.Statecharts.Definition;

/// <summary>What the processor does with one state on its way through a step.</summary>
internal enum ScriptOperation : byte
{
    /// <summary>Asks it for its parent.</summary>
    Search,

    /// <summary>Asks it for its parent if it handled its exit; otherwise its answer to the exit has named the
    /// parent.</summary>
    SearchAfterExit,

    /// <summary>Sends it EXIT.</summary>
    Exit,

    /// <summary>Sends it ENTRY.</summary>
    Entry,
}
