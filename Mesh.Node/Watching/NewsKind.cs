namespace Mesh.Node.Watching;

/// <summary>What happened to a chart that is followed.</summary>
internal enum NewsKind
{
    /// <summary>It was there when the following began.</summary>
    Snapshot,

    /// <summary>It made a step.</summary>
    Step,

    /// <summary>Steps of it will never be seen.</summary>
    Gap,

    /// <summary>It is over.</summary>
    Ended,
}
