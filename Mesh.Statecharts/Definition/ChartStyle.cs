namespace Mesh.Statecharts.Definition;

/// <summary>How the states of a chart answer what they refuse; it shows in the spy. Values are wire values.</summary>
public enum ChartStyle : byte
{
    /// <summary>Hand-written state functions: a refused event is asked for again with an empty signal
    /// (<c>EMPTY_SIGNAL</c>).</summary>
    Flat = 0,

    /// <summary>miros' Factory: a refusal is the same as not catching the event.</summary>
    Factory = 1,
}
