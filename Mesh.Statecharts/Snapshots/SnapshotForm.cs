using System.Buffers;
using System.Security.Cryptography;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;

namespace Mesh.Statecharts.Snapshots;

/// <summary>The bytes of a snapshot.</summary>
/// <remarks>
/// <code>
/// snapshot     = "MCHS" version(1 byte, 1) body check(8 bytes)
/// body         = hash(32 bytes) version-text states transitions signals name
///                [state..] [history [state..] ..] [event..] [event..] [event..] last-arrival
///                timers timers [signal queue ..] [work..] last-work context
/// event        = signal payload? priority arrival owner? send-id? holder? request detail
/// timers       = last-id [id event period times is-deferred is-lifo firings remaining ..]
/// work         = owner state+2 is-done failed-signal
/// </code>
/// The three lists of events are the queue, what was deferred, and what states hold. A list is a count and its items;
/// a text is UTF-8 after its length, what may be absent (?) has 0 for that or its length plus one; numbers take seven
/// bits a byte, the lowest first. Times are in units of 100 ns. The check is the beginning of SHA-256 of all bytes
/// before it: it finds damage, and is no protection against somebody who means harm.
/// </remarks>
internal static class SnapshotForm
{
    private const byte Version = 1;
    private const int CheckBytes = 8;
    private const int MaxItems = 4 * HostOptions.MaxQueueCapacity;

    private static ReadOnlySpan<byte> Magic => "MCHS"u8;

    /// <summary>Writes a snapshot.</summary>
    public static byte[] Write(ChartSnapshot snapshot)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new SnapshotWriter(output);
        writer.Raw(Magic);
        writer.Raw([Version]);
        WriteDefinition(writer, snapshot);
        writer.All(snapshot.Active, static (to, state) => to.Number(state));
        writer.All(snapshot.Memories, static (to, memory) =>
        {
            to.Number(memory.History);
            to.All(memory.States, static (inner, state) => inner.Number(state));
        });
        writer.All(snapshot.Waiting, WriteEvent);
        writer.All(snapshot.Deferred, WriteEvent);
        writer.All(snapshot.Held, WriteEvent);
        writer.Number(snapshot.LastArrival);
        WriteTimers(writer, snapshot.Posts);
        WriteTimers(writer, snapshot.StateTimers);
        writer.All(snapshot.Subscriptions, static (to, subscription) =>
        {
            to.Text(subscription.Signal);
            to.Number((int)subscription.Queue);
        });
        writer.All(snapshot.Works, WriteWork);
        writer.Number(snapshot.LastWork);
        writer.Bytes(snapshot.Context);
        writer.Raw(SHA256.HashData(output.WrittenSpan).AsSpan(0, CheckBytes));
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads a snapshot; the bytes may be anything.</summary>
    public static SnapshotRefusal TryRead(ReadOnlySpan<byte> bytes, out ChartSnapshot? snapshot)
    {
        snapshot = null;
        var head = Magic.Length + 1;
        if (bytes.Length < head + CheckBytes || !bytes.StartsWith(Magic)
            || !SHA256.HashData(bytes[..^CheckBytes]).AsSpan(0, CheckBytes).SequenceEqual(bytes[^CheckBytes..]))
        {
            return SnapshotRefusal.Damaged;
        }

        if (bytes[Magic.Length] != Version)
        {
            return SnapshotRefusal.UnknownVersion;
        }

        var reader = new SnapshotReader(bytes[head..^CheckBytes]);
        var read = Read(ref reader);
        if (reader.IsDamaged || !reader.IsAtEnd)
        {
            return SnapshotRefusal.Damaged;
        }

        snapshot = read;
        return SnapshotRefusal.None;
    }

    private static ChartSnapshot Read(ref SnapshotReader reader) => new()
    {
        Definition = new SnapshotDefinition(
            reader.Raw(ChartDefinition.HashSizeBytes).ToArray(),
            reader.Text(),
            reader.Int(),
            reader.Int(),
            reader.Int()),
        Name = reader.Text(),
        Active = ReadStates(ref reader),
        Memories = reader.All(ChartLimits.MaxStates, static (ref from) =>
            new SnapshotMemory(from.Int(ChartLimits.MaxStates), ReadStates(ref from))),
        Waiting = reader.All(MaxItems, ReadEvent),
        Deferred = reader.All(MaxItems, ReadEvent),
        Held = reader.All(MaxItems, ReadEvent),
        LastArrival = reader.Number(),
        Posts = ReadTimers(ref reader),
        StateTimers = ReadTimers(ref reader),
        Subscriptions = reader.All(MaxItems, static (ref from) =>
            new SnapshotSubscription(from.Text(), (QueueType)from.Int((int)QueueType.Lifo))),
        Works = reader.All(MaxItems, ReadWork),
        LastWork = reader.Number(),
        Context = reader.Bytes(),
    };

    private static void WriteDefinition(SnapshotWriter writer, ChartSnapshot snapshot)
    {
        var definition = snapshot.Definition;
        writer.Raw(definition.Hash);
        writer.Text(definition.Version);
        writer.Number(definition.States);
        writer.Number(definition.Transitions);
        writer.Number(definition.Signals);
        writer.Text(snapshot.Name);
    }

    private static List<int> ReadStates(ref SnapshotReader reader) =>
        reader.All(ChartLimits.MaxStates, static (ref from) => from.Int(ChartLimits.MaxStates));

    private static void WriteEvent(SnapshotWriter writer, SnapshotEvent waiting)
    {
        writer.Text(waiting.Signal);
        writer.BytesOrNone(waiting.Payload);
        writer.Number(waiting.Priority);
        writer.Number(waiting.Arrival);
        writer.TextOrNone(waiting.Owner);
        writer.TextOrNone(waiting.SendId);
        writer.TextOrNone(waiting.Holder);
        writer.Number(waiting.Request);
        writer.Number(waiting.Detail);
    }

    private static SnapshotEvent ReadEvent(ref SnapshotReader reader) => new(reader.Text(), reader.BytesOrNone())
    {
        Priority = reader.Int(EventBus.LowestPriority),
        Arrival = reader.Number(),
        Owner = reader.TextOrNone(),
        SendId = reader.TextOrNone(),
        Holder = reader.TextOrNone(),
        Request = reader.Int(2),
        Detail = reader.Int(EventBus.LowestPriority),
    };

    private static void WriteTimers(SnapshotWriter writer, SnapshotTimers timers)
    {
        writer.Number(timers.LastId);
        writer.All(timers.Armed, static (to, armed) =>
        {
            to.Number(armed.Id);
            WriteEvent(to, armed.Posted);
            to.Number(armed.Timer.Timing.Period.Ticks);
            to.Number(armed.Timer.Timing.Times);
            to.Number(armed.Timer.Timing.Deferred ? 1 : 0);
            to.Number(armed.Timer.IsLifo ? 1 : 0);
            to.Number(armed.Timer.Firings);
            to.Number(armed.Timer.Remaining.Ticks);
        });
    }

    private static SnapshotTimers ReadTimers(ref SnapshotReader reader) => new(
        reader.Number(), reader.All(MaxItems, static (ref from) =>
            new SnapshotTimer(from.Number(), ReadEvent(ref from), ReadTimer(ref from))));

    private static TimerState ReadTimer(ref SnapshotReader reader)
    {
        var timing = new PostTiming(new TimeSpan(reader.Number()), reader.Int(), reader.Int(1) == 1);
        return new TimerState(timing, reader.Int(1) == 1, reader.Int(), new TimeSpan(reader.Number()));
    }

    private static void WriteWork(SnapshotWriter writer, SnapshotWork work)
    {
        writer.Text(work.Owner);
        writer.Number(work.State);
        writer.Number(work.IsDone ? 1 : 0);
        writer.Text(work.FailedSignal);
    }

    private static SnapshotWork ReadWork(ref SnapshotReader reader) =>
        new(reader.Text(), reader.Int(ChartLimits.MaxStates + 2), reader.Int(1) == 1, reader.Text());
}
