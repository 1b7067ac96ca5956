namespace Mesh.Node.Demonstration;

/// <summary>A step of the demonstration did not do what it should.</summary>
internal sealed class DemoFailure : Exception
{
    public DemoFailure(string message)
        : base(message)
    {
    }
}
