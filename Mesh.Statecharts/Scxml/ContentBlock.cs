namespace Mesh.Statecharts.Scxml;

/// <summary>Content that runs one after another; an error ends it.</summary>
internal sealed class ContentBlock(IReadOnlyList<ContentStep> steps)
{
    /// <summary>What runs.</summary>
    public IReadOnlyList<ContentStep> Steps => steps;

    /// <summary>Runs it.</summary>
    public void Run(ScxmlMemory memory)
    {
        foreach (var step in steps)
        {
            memory.Place = step.Position;
            memory.CountElement();
            step.Run(memory);
        }
    }
}
