using Mesh.Core.Wire;
using Mesh.Core.Wire.Records;

namespace Mesh.Core.Logs;

/// <summary>What reading a frame needs and nobody needs afterwards; shared by the readers of one thread.</summary>
internal sealed class FrameRoom
{
    /// <summary>Room for one plaintext.</summary>
    public byte[] Plaintext { get; } = new byte[WireLimits.MaxFrameBytes];

    /// <summary>The steps of one frame that others are relative to.</summary>
    public ChartStepTable Steps { get; } = new();
}
