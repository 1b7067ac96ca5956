using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Logs;

/// <summary>A SNAPSHOT or DEFINITION that is being answered in pieces.</summary>
/// <param name="request">The number that the reader gave it.</param>
/// <param name="type">What was asked for.</param>
/// <param name="make">Makes the whole when its turn comes, so that only one is in memory at a time.</param>
internal sealed class ChunkJob(uint request, SessionMessageType type, Func<ReadOnlyMemory<byte>> make)
{
    private ReadOnlyMemory<byte>? _whole;

    /// <summary>The number that the reader gave it.</summary>
    public uint Request { get; } = request;

    /// <summary>What was asked for.</summary>
    public SessionMessageType Type { get; } = type;

    /// <summary>The whole.</summary>
    public ReadOnlyMemory<byte> Whole => _whole ??= make();

    /// <summary>Where the next piece begins.</summary>
    public int Offset { get; set; }
}
