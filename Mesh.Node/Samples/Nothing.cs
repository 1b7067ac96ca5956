namespace Mesh.Node.Samples;

/// <summary>The data of a chart that has none.</summary>
internal sealed class Nothing
{
    private Nothing()
    {
    }

    /// <summary>The one object.</summary>
    public static Nothing Value { get; } = new();
}
