namespace Mesh.Bench.Processes;

/// <summary>A program that does nothing: what any .NET process costs.</summary>
internal sealed class EmptyProgram : IChildRole
{
    public string Answer(string line) => ChildProcess.Done;

    public void Dispose()
    {
        // It holds nothing.
    }
}
