using System.Buffers;
using Mesh.Statecharts.Snapshots;

namespace Mesh.Statecharts.Scxml;

/// <summary>Snapshots of charts of files: all that they know can be written.</summary>
public sealed class ScxmlSnapshotCodec : SnapshotCodec<ScxmlMemory>
{
    /// <inheritdoc/>
    public override void WriteContext(ScxmlMemory context, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.WriteTo(output);
    }

    /// <inheritdoc/>
    public override bool TryReadContext(ReadOnlySpan<byte> bytes, ScxmlMemory context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.TryRead(bytes);
    }
}
