namespace Mesh.Statecharts.Scxml;

/// <summary>Something that is probably wrong with a chart that can run.</summary>
/// <param name="Kind">What sort it is.</param>
/// <param name="Message">What it is, in one line.</param>
/// <param name="Position">Where in the file.</param>
/// <param name="IsMistake">False for what is only worth knowing.</param>
public sealed record ChartFinding(FindingKind Kind, string Message, TextPosition Position, bool IsMistake = true);
