namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>What a handler reports when it does not transition.</summary>
internal enum SpecReport
{
    /// <summary>Caught, stop here.</summary>
    Handled,

    /// <summary>Not caught, whatever the handler did; the parent is asked.</summary>
    Super,

    /// <summary>Caught but refused.</summary>
    Unhandled,
}
