using System.Buffers;
using Mesh.Statecharts.Engine;
using Mesh.Statecharts.Hosting;

namespace Mesh.Statecharts.Snapshots;

/// <summary>Turns the waiting events of a chart into those of a snapshot.</summary>
internal sealed class SnapshotEvents<TContext>(
    EventProcessor<TContext> machine,
    Func<string, Signal> signalOf,
    SnapshotCodec<TContext> codec)
{
    /// <summary>An event of a queue.</summary>
    /// <exception cref="InvalidOperationException">The codec knows nothing of its payload.</exception>
    public SnapshotEvent Write(QueuedEvent waiting, string? holder)
    {
        if (waiting.Payload is BusRequest request)
        {
            return Write(request.Subject) with { Request = request.IsPublication ? 2 : 1, Detail = request.Detail };
        }

        var (posted, sendId) = machine.Unpack(waiting.Signal, waiting.Payload);
        return Write(posted) with
        {
            Priority = waiting.Priority,
            Arrival = waiting.Arrival,
            Owner = waiting.Owner,
            SendId = sendId,
            Holder = holder,
        };
    }

    /// <summary>Timers that are armed.</summary>
    /// <exception cref="InvalidOperationException">The codec knows nothing of a payload.</exception>
    public SnapshotTimers Write((long LastId, List<PendingPost> Pending) timers) => new(
        timers.LastId,
        [.. timers.Pending.Select(timer =>
            new SnapshotTimer(timer.Id, Write(timer.Posted) with { SendId = timer.SendId }, timer.State))]);

    private SnapshotEvent Write(Event posted)
    {
        var name = posted.Signal.Name;
        if (posted.Payload is null)
        {
            return new SnapshotEvent(name, null);
        }

        var output = new ArrayBufferWriter<byte>();
        return codec.TryWritePayload(signalOf(name), posted.Payload, output)
            ? new SnapshotEvent(name, output.WrittenSpan.ToArray())
            : throw new InvalidOperationException(
                $"the codec cannot write the payload of '{name}', a {posted.Payload.GetType().Name}");
    }
}
