namespace Mesh.Core.Trust;

/// <summary>What happens to a stranger that has proved its id. No mode lifts a rejection.</summary>
public enum AcceptMode
{
    /// <summary>It waits for a decision.</summary>
    Never,

    /// <summary>The first one within ten minutes of the start is accepted to watch; later ones wait.</summary>
    Once,

    /// <summary>Everyone is accepted to watch; for labs.</summary>
    Always,
}
