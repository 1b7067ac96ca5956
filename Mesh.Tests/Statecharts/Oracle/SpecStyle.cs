namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>How the state handlers of a chart are written, which decides what a refusal looks like.</summary>
internal enum SpecStyle
{
    /// <summary>Hand-written state functions: a refusal is reported as it is.</summary>
    Flat,

    /// <summary>Built from registered handlers: a refusal is turned into "ask my parent" at once.</summary>
    Factory,
}
