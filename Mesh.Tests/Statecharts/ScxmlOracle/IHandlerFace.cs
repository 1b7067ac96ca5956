namespace Mesh.Tests.Statecharts.ScxmlOracle;

/// <summary>What the handlers of a random chart see of the one that runs them.</summary>
internal interface IHandlerFace
{
    /// <summary>Writes a line of the chart's own.</summary>
    void Write(string line);

    /// <summary>Puts an event in the internal queue.</summary>
    void Raise(string name);

    /// <summary>Whether a state is active.</summary>
    bool In(string state);

    /// <summary>The name of the current event; empty when there is none.</summary>
    string EventName { get; }

    /// <summary>Keeps a chart from running for ever: an event brings so much.</summary>
    bool TakeFuel();
}
