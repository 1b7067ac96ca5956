namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>An event in a queue of the oracle.</summary>
/// <param name="Signal">Its signal.</param>
/// <param name="Request">What a meta signal carries: the subscription or publication that was asked for.</param>
internal sealed record OracleEvent(string Signal, SpecAction? Request = null);
