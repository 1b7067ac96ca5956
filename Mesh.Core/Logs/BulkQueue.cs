using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Logs;

/// <summary>What one reader asked for and is given piece by piece, when its session has room.</summary>
/// <remarks>
/// Nothing is queued but the requests: each message is made when it can be sent. Snapshots and definitions go before
/// frames, because frames wait for them. All of it is paced (<see cref="Pace"/>).
/// </remarks>
internal sealed class BulkQueue
{
    // Type, request, total, offset and the headers around the bytes.
    private const int ChunkOverheadBytes = 24;
    private const int MinPieceBytes = 1_024;

    private readonly IMessageSink _sink;
    private readonly Queue<ChunkJob> _chunks = new();
    private readonly Queue<FetchJob> _fetches = new();
    private readonly Pace _pace = new();

    /// <summary>Makes an empty queue.</summary>
    /// <param name="sink">Where the ends of answers go.</param>
    public BulkQueue(IMessageSink sink) => _sink = sink;

    /// <summary>How many requests are not answered yet.</summary>
    public int Count => _chunks.Count + _fetches.Count;

    /// <summary>When something can be produced; <see cref="TimeSpan.MaxValue"/> when nothing is asked for.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <returns><paramref name="now"/> when it can be at once.</returns>
    public TimeSpan NextAt(TimeSpan now) => Count == 0 ? TimeSpan.MaxValue : _pace.OpensAt(now);

    /// <summary>Adds a request for frames.</summary>
    /// <param name="job">The request.</param>
    public void Add(FetchJob job) => _fetches.Enqueue(job);

    /// <summary>Adds a request for a snapshot or a definition.</summary>
    /// <param name="job">The request.</param>
    public void Add(ChunkJob job) => _chunks.Enqueue(job);

    /// <summary>Forgets everything that was asked for.</summary>
    public void Clear()
    {
        _chunks.Clear();
        _fetches.Clear();
    }

    /// <summary>Makes the next bulk message.</summary>
    /// <param name="destination">Room for it; may be less than a full one.</param>
    /// <param name="now">Monotonic time.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <returns>False when nothing is asked for, it does not fit, or the pace says later.</returns>
    public bool TryProduce(Span<byte> destination, TimeSpan now, out int length)
    {
        length = 0;
        if (_fetches.TryPeek(out var first))
        {
            _pace.Follow(first.Lane.Rate.BytesPerSecond(now));
        }

        if (!_pace.IsOpen(now)
            || (!TryProduceChunk(destination, out length) && !TryProduceFrame(destination, out length)))
        {
            return false;
        }

        _pace.Take(length);
        return true;
    }

    private bool TryProduceChunk(Span<byte> destination, out int length)
    {
        length = 0;
        if (!_chunks.TryPeek(out var job))
        {
            return false;
        }

        if (job.Whole.Length > WireLimits.MaxChunkedBytes)
        {
            _ = _chunks.Dequeue();
            SendTooLarge(job);
            return false;
        }

        var left = job.Whole.Length - job.Offset;
        var room = Math.Min(destination.Length - ChunkOverheadBytes, WireLimits.MaxChunkBytes);
        if (room < Math.Min(left, MinPieceBytes))
        {
            return false;
        }

        var piece = job.Whole.Span.Slice(job.Offset, Math.Min(left, room));
        var writer = new MessageWriter(destination);
        new ChunkMessage
        {
            Request = job.Request,
            TotalBytes = (uint)job.Whole.Length,
            Offset = (uint)job.Offset,
            Bytes = piece,
        }.Write(ref writer);
        length = writer.Written.Length;
        job.Offset += piece.Length;
        if (job.Offset == job.Whole.Length)
        {
            _ = _chunks.Dequeue();
        }

        return true;
    }

    private bool TryProduceFrame(Span<byte> destination, out int length)
    {
        length = 0;

        // While a chunk waits for more room, frames wait behind it.
        while (_chunks.Count == 0 && _fetches.TryPeek(out var job))
        {
            if (job.TryPeek(out var frame))
            {
                return TryWriteFrame(job, frame, destination, out length);
            }

            // The last frame went out with the call before, so the end comes after it.
            _ = _fetches.Dequeue();
            SendFetched(job);
        }

        return false;
    }

    private static bool TryWriteFrame(FetchJob job, ReadOnlySpan<byte> frame, Span<byte> destination, out int length)
    {
        var writer = new MessageWriter(destination);
        new FrameMessage { Request = job.Request, Frame = frame }.Write(ref writer);
        length = writer.Written.Length;
        if (writer.HasOverflowed)
        {
            return false;
        }

        job.Advance();
        return true;
    }

    private void SendTooLarge(ChunkJob job)
    {
        Span<byte> buffer = stackalloc byte[64];
        var writer = new MessageWriter(buffer);
        new ErrorMessage(job.Request, job.Type, SessionErrorCode.Limit, string.Empty).Write(ref writer);
        _sink.Send(writer.Written);
    }

    private void SendFetched(FetchJob job)
    {
        Span<byte> buffer = stackalloc byte[64];
        var writer = new MessageWriter(buffer);
        new FetchedMessage(job.Request, job.Lane.Frames.First, job.Lane.Frames.Last).Write(ref writer);
        _sink.Send(writer.Written);
    }
}
