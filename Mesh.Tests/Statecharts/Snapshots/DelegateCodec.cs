using System.Buffers;
using System.Text;
using Mesh.Statecharts.Snapshots;

namespace Mesh.Tests.Statecharts.Snapshots;

/// <summary>Keeps a context as a text.</summary>
internal sealed class DelegateCodec<TContext>(Func<TContext, string> write, Action<TContext, string> read)
    : SnapshotCodec<TContext>
{
    public override void WriteContext(TContext context, IBufferWriter<byte> output) =>
        output.Write(Encoding.UTF8.GetBytes(write(context)));

    public override bool TryReadContext(ReadOnlySpan<byte> bytes, TContext context)
    {
        read(context, Encoding.UTF8.GetString(bytes));
        return true;
    }
}
