namespace Mesh.Tests.Statecharts.ScxmlOracle;

/// <summary>What a handler of a random chart does: writes its name, raises events, throws.</summary>
internal sealed record HandlerSpec(string Name, IReadOnlyList<string> Raises, bool Throws)
{
    /// <summary>Runs it against the engine's chart or the oracle's.</summary>
    public void Run(IHandlerFace face)
    {
        face.Write(Name);
        foreach (var raised in Raises)
        {
            if (face.TakeFuel())
            {
                face.Raise(raised);
            }
        }

        if (Throws && face.TakeFuel())
        {
            throw new InvalidOperationException(Name);
        }
    }
}
