using Mesh.Core.Wire;

namespace Mesh.Core.Sessions;

/// <summary>The buffers that all sessions of a loop share: one thread, one message at a time.</summary>
internal sealed class SessionBuffers
{
    /// <summary>The plaintext being received; valid until the next message is received.</summary>
    public byte[] Received { get; } = new byte[WireLimits.MaxSessionMessageBytes];

    /// <summary>A plaintext being made.</summary>
    public byte[] Outgoing { get; } = new byte[WireLimits.MaxSessionMessageBytes];

    /// <summary>A message being sealed.</summary>
    public byte[] Sealed { get; } = new byte[WireLimits.MaxSealedMessageBytes];
}
