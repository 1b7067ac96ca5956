namespace Mesh.Tests.Statecharts.ScxmlOracle;

/// <summary>What a guard of a random chart asks.</summary>
internal enum GuardSpecKind
{
    In,
    NotIn,
    Fuel,
    Name,
    Throws,
}
