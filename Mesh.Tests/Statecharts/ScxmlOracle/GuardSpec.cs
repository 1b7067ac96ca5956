namespace Mesh.Tests.Statecharts.ScxmlOracle;

/// <summary>A guard of a random chart.</summary>
internal sealed record GuardSpec(GuardSpecKind Kind, string State = "")
{
    public bool Ask(IHandlerFace face)
    {
        return Kind switch
        {
            GuardSpecKind.In => face.In(State),
            GuardSpecKind.NotIn => !face.In(State),
            GuardSpecKind.Fuel => face.TakeFuel(),
            GuardSpecKind.Name => face.EventName.EndsWith('a'),
            GuardSpecKind.Throws when face.TakeFuel() => throw new InvalidOperationException("guard"),
            _ => false,
        };
    }
}
