namespace Mesh.Statecharts.Scxml;

/// <summary>What the expressions of a file are written in.</summary>
internal enum DataModel
{
    /// <summary>The expression language.</summary>
    Expressions,

    /// <summary>No data; <c>In('state')</c> is the only condition.</summary>
    None,
}
