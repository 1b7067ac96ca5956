using System.Net;
using Mesh.Core.Transport;
using Mesh.Core.Transport.Memory;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport.Memory;

/// <summary>The contract on the in-memory network, with one host and polls that wait.</summary>
public sealed class MemoryTransportTests : TransportContract
{
    private readonly MemoryHost _host =
        new MemoryNetwork(new Random(1), MemoryNetworkMode.Threaded).AddHost("alone");

    [Test]
    public void TryBind_SaysDenied_WhenThePortIsTheSystems()
    {
        var result = Open().TryBind(
            SocketKind.Router, new IPEndPoint(IPAddress.Loopback, 80), new SocketOptions(), out _);

        Assert.That(result, Is.EqualTo(BindResult.Denied));
    }

    protected override ITransport Create() => _host.CreateTransport();
}
