namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>What a state reports when it is asked with a signal.</summary>
internal enum OracleStatus
{
    /// <summary>Not caught; the answer names the parent.</summary>
    Super,

    /// <summary>Caught but refused.</summary>
    Unhandled,

    /// <summary>Caught.</summary>
    Handled,

    /// <summary>Reported by <c>top</c> only.</summary>
    Ignored,

    /// <summary>Caught; the answer names the target.</summary>
    Transition,
}
