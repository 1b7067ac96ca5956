using System.Buffers;

namespace Mesh.Core.Logs;

/// <summary>Sealed frames whose epoch key has not come yet, bounded in bytes and in time.</summary>
/// <remarks>They are not checked yet, so any number in here is only a claim. One thread uses it.</remarks>
internal sealed class SealedHold
{
    /// <summary>How long a frame waits for its key: 1 s.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private readonly Queue<Held> _frames = new();
    private readonly HashSet<ulong> _numbers = [];
    private readonly int _maxBytes;
    private int _bytes;

    /// <summary>Makes an empty hold.</summary>
    /// <param name="maxBytes">The most bytes it keeps.</param>
    public SealedHold(int maxBytes) => _maxBytes = maxBytes;

    /// <summary>How many frames wait.</summary>
    public int Count => _frames.Count;

    /// <summary>When the oldest has waited long enough; <see cref="TimeSpan.MaxValue"/> when none waits.</summary>
    public TimeSpan ExpiresAt => _frames.TryPeek(out var oldest) ? oldest.Since + MaxWait : TimeSpan.MaxValue;

    /// <summary>Tells whether a frame waits.</summary>
    /// <param name="number">The number it claims.</param>
    /// <returns>True when it does.</returns>
    public bool Contains(ulong number) => _numbers.Contains(number);

    /// <summary>Keeps a copy of a frame.</summary>
    /// <param name="number">The number it claims; not in here yet.</param>
    /// <param name="frame">The frame as received.</param>
    /// <param name="now">Monotonic time.</param>
    /// <returns>False when there is no room.</returns>
    public bool TryAdd(ulong number, ReadOnlySpan<byte> frame, TimeSpan now)
    {
        if (_bytes + frame.Length > _maxBytes)
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(frame.Length);
        frame.CopyTo(buffer);
        _frames.Enqueue(new Held(number, buffer, frame.Length, now));
        _ = _numbers.Add(number);
        _bytes += frame.Length;
        return true;
    }

    /// <summary>Takes the frame that has waited longest.</summary>
    /// <param name="number">The number it claims.</param>
    /// <param name="buffer">
    /// The caller's now: return it with <see cref="Return"/>. Its first <paramref name="length"/> bytes count.
    /// </param>
    /// <param name="length">How many bytes the frame has.</param>
    /// <param name="since">When it came.</param>
    /// <returns>False when none waits.</returns>
    public bool TryTakeOldest(out ulong number, out byte[] buffer, out int length, out TimeSpan since)
    {
        var isHeld = _frames.TryDequeue(out var held);
        number = held.Number;
        buffer = held.Buffer;
        length = held.Length;
        since = held.Since;
        _bytes -= length;
        _ = _numbers.Remove(number);
        return isHeld;
    }

    /// <summary>Gives a buffer back that <see cref="TryTakeOldest"/> handed out.</summary>
    /// <param name="buffer">The buffer.</param>
    public static void Return(byte[] buffer) => ArrayPool<byte>.Shared.Return(buffer);

    private readonly record struct Held(ulong Number, byte[] Buffer, int Length, TimeSpan Since);
}
