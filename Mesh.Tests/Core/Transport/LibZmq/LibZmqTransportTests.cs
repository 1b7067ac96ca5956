using Mesh.Core.Transport;
using Mesh.Core.Transport.LibZmq;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport.LibZmq;

/// <summary>The contracts on libzmq.</summary>
[Category("Socket")]
public sealed class LibZmqTransportTests : NetworkTransportContract
{
    [Test]
    public void Description_NamesTheLibraryAndItsVersion() =>
        Assert.That(Open().Description, Does.Match(@"^libzmq 4\.\d+\.\d+$"));

    protected override ITransport Create() => new LibZmqTransport();
}
