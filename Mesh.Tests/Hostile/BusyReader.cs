using Mesh.Core;

namespace Mesh.Tests.Hostile;

/// <summary>What a reader saw of a busy node.</summary>
internal sealed class BusyReader
{
    private long _steps;
    private long _gaps;

    public BusyReader(MeshNode node)
    {
        Node = node;
        node.View.Stepped += (_, _) => Interlocked.Increment(ref _steps);
        node.View.RecordsMissing += (_, _) => Interlocked.Increment(ref _gaps);
    }

    /// <summary>The reading node.</summary>
    public MeshNode Node { get; }

    /// <summary>Steps that came.</summary>
    public long Steps => Interlocked.Read(ref _steps);

    /// <summary>Gaps that were told.</summary>
    public long Gaps => Interlocked.Read(ref _gaps);
}
