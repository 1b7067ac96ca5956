namespace Mesh.Tests.Node;

/// <summary>An output that cannot be written to.</summary>
internal sealed class FailingStream(IOException fault) : MemoryStream
{
    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => throw fault;
}
