using Mesh.Statecharts;

namespace Mesh.Tests.Statecharts.ScxmlOracle;

/// <summary>The engine's chart as its handlers see it.</summary>
internal sealed class EngineFace : IHandlerFace
{
    private IChart? _chart;

    public int Fuel { get; set; }

    public List<string> Log { get; } = [];

    public string EventName => _chart!.CurrentEvent.Signal?.Name ?? "";

    /// <summary>Says which chart a handler runs in.</summary>
    public EngineFace In(IChart chart)
    {
        _chart = chart;
        return this;
    }

    public void Write(string line)
    {
        Log.Add(line);
        _chart!.Scribble(line);
    }

    public void Raise(string name) => _chart!.Raise(new Signal(name));

    public bool In(string state) => _chart!.IsIn(state);

    public bool TakeFuel() => Fuel > 0 && Fuel-- > 0;
}
