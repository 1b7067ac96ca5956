namespace Mesh.Statecharts.Definition;

/// <summary>One thing that the processor does on its way through a step.</summary>
internal readonly record struct ScriptStep(ScriptOperation Operation, int State);
