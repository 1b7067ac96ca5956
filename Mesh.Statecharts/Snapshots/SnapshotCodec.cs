using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Mesh.Statecharts.Snapshots;

/// <summary>Turns what a program alone knows into the bytes of a snapshot and back: the context of a chart and the
/// payloads of events.</summary>
/// <remarks>
/// Payloads that are booleans, 32-bit or 64-bit integers, doubles, decimals, texts, arrays of bytes, times,
/// <see cref="Guid"/>, exceptions (by type name and message) and values of a data model need no code; override the two
/// payload methods for others and call the base for the rest. What a method throws while a snapshot is restored becomes
/// a refusal.
/// </remarks>
/// <typeparam name="TContext">The data that the handlers work on; written and read in place.</typeparam>
public abstract class SnapshotCodec<TContext>
{
    /// <summary>Writes the context. Called while no step of the chart runs.</summary>
    /// <param name="context">The context.</param>
    /// <param name="output">Where to.</param>
    public abstract void WriteContext(TContext context, IBufferWriter<byte> output);

    /// <summary>Gives a context the content that was written; the last thing that a restore does before the chart runs
    /// on.</summary>
    /// <param name="bytes">What <see cref="WriteContext"/> wrote; whole but not to be trusted more than the one who
    /// keeps the snapshot.</param>
    /// <param name="context">The context of the host that is restored.</param>
    /// <returns><see langword="false"/> when the bytes do not fit: the chart is not restored then.</returns>
    public abstract bool TryReadContext(ReadOnlySpan<byte> bytes, TContext context);

    /// <summary>Writes the payload of a waiting event. Called under the locks of the chart: whoever posts to it, sets a
    /// timer or cancels one waits meanwhile. So it must be quick, must not post to the chart, and must not wait for
    /// anybody who does.</summary>
    /// <param name="signal">The signal of the event.</param>
    /// <param name="payload">The payload; never <see langword="null"/>.</param>
    /// <param name="output">Where to.</param>
    /// <returns><see langword="false"/> when nothing is known of such a payload: no snapshot is taken then.</returns>
    public virtual bool TryWritePayload(Signal signal, object payload, IBufferWriter<byte> output) =>
        PayloadForm.TryWrite(payload, output);

    /// <summary>Reads the payload of an event.</summary>
    /// <param name="signal">The signal of the event.</param>
    /// <param name="bytes">What <see cref="TryWritePayload"/> wrote.</param>
    /// <param name="payload">The payload, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> when the bytes do not fit: the chart is not restored then.</returns>
    public virtual bool TryReadPayload(
        Signal signal, ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out object? payload) =>
        PayloadForm.TryRead(bytes, out payload);
}
