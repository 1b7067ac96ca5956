using System.Buffers;

namespace Mesh.Core.Logs;

/// <summary>Opened frames that came ahead of their turn, bounded in bytes.</summary>
/// <remarks>Only frames that passed every check come here, so a stranger can not fill it. One thread uses it.</remarks>
internal sealed class FrameHold
{
    private readonly Dictionary<ulong, Held> _frames = [];
    private readonly int _maxBytes;
    private int _bytes;

    /// <summary>Makes an empty hold.</summary>
    /// <param name="maxBytes">The most bytes of plaintext it keeps.</param>
    public FrameHold(int maxBytes) => _maxBytes = maxBytes;

    /// <summary>Bytes of plaintext kept.</summary>
    public int Bytes => _bytes;

    /// <summary>The lowest number kept; <see cref="ulong.MaxValue"/> when none is. Looks at every frame.</summary>
    public ulong Lowest
    {
        get
        {
            var lowest = ulong.MaxValue;
            foreach (var number in _frames.Keys)
            {
                lowest = Math.Min(lowest, number);
            }

            return lowest;
        }
    }

    /// <summary>Tells whether a frame is kept.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>True when it is.</returns>
    public bool Contains(ulong number) => _frames.ContainsKey(number);

    /// <summary>Keeps a copy of a frame.</summary>
    /// <param name="facts">Its number and its records.</param>
    /// <param name="plaintext">What it holds.</param>
    /// <returns>False when there is no room.</returns>
    public bool TryAdd(in KeptFrame facts, ReadOnlySpan<byte> plaintext)
    {
        if (_bytes + plaintext.Length > _maxBytes)
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(plaintext.Length);
        plaintext.CopyTo(buffer);
        _frames.Add(facts.Number, new Held(facts, buffer, plaintext.Length));
        _bytes += plaintext.Length;
        return true;
    }

    /// <summary>Takes a frame out.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="facts">Its number and its records.</param>
    /// <param name="buffer">
    /// The caller's now: return it with <see cref="Return"/>. Its first <paramref name="length"/> bytes count.
    /// </param>
    /// <param name="length">How many bytes the frame has.</param>
    /// <returns>False when it is not kept.</returns>
    public bool TryTake(ulong number, out KeptFrame facts, out byte[] buffer, out int length)
    {
        var isHeld = _frames.Remove(number, out var held);
        facts = held.Facts;
        buffer = held.Buffer;
        length = held.Length;
        _bytes -= length;
        return isHeld;
    }

    /// <summary>Gives a buffer back that <see cref="TryTake"/> handed out.</summary>
    /// <param name="buffer">The buffer.</param>
    public static void Return(byte[] buffer) => ArrayPool<byte>.Shared.Return(buffer);

    /// <summary>Drops the frame with the highest number, to make room for one that is needed earlier.</summary>
    /// <param name="above">Only a frame above this number is dropped.</param>
    /// <param name="dropped">Its number.</param>
    /// <returns>False when none is above it.</returns>
    public bool TryDropHighest(ulong above, out ulong dropped)
    {
        dropped = above;
        foreach (var number in _frames.Keys)
        {
            dropped = Math.Max(dropped, number);
        }

        if (dropped == above || !TryTake(dropped, out _, out var buffer, out _))
        {
            return false;
        }

        Return(buffer);
        return true;
    }

    /// <summary>Drops the frames below a number.</summary>
    /// <param name="floor">The lowest number that stays.</param>
    public void DropBelow(ulong floor)
    {
        foreach (var (number, held) in _frames)
        {
            if (number < floor)
            {
                _ = _frames.Remove(number);
                _bytes -= held.Length;
                Return(held.Buffer);
            }
        }
    }

    private readonly record struct Held(KeptFrame Facts, byte[] Buffer, int Length);
}
