using Mesh.Core.Wire;

namespace Mesh.Core.Logs;

/// <summary>Where a publisher's fresh frames go: the PUB socket.</summary>
internal interface IFrameOutput
{
    /// <summary>Sends one frame to whoever listens, and never waits.</summary>
    /// <param name="topic">The topic of the lane.</param>
    /// <param name="frame">The sealed frame; copied before the method returns.</param>
    void Publish(Topic topic, ReadOnlySpan<byte> frame);
}
