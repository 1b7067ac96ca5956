using Mesh.Core.Logs;

namespace Mesh.Tests.Core.Logs;

/// <summary>Keeps what is sent.</summary>
internal sealed class CollectingSink : IMessageSink
{
    public List<byte[]> Sent { get; } = [];

    public void Send(ReadOnlySpan<byte> message) => Sent.Add(message.ToArray());
}
