using System.Net;
using Mesh.Core.Transport;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport;

public sealed class DatagramInterfaceTests
{
    [TestCase("192.168.1.7", 24, "192.168.1.255")]
    [TestCase("10.1.2.3", 8, "10.255.255.255")]
    [TestCase("172.16.5.129", 25, "172.16.5.255")]
    [TestCase("10.0.0.5", 30, "10.0.0.7")]
    [TestCase("10.0.0.5", 31, null)]
    [TestCase("10.0.0.5", 32, null)]
    [TestCase("10.0.0.5", 0, null)]
    public void Broadcast_SetsTheHostBits(string address, int prefixLength, string? broadcast)
    {
        var link = new DatagramInterface
        {
            Name = "eth0",
            Index = 2,
            Address = IPAddress.Parse(address),
            PrefixLength = prefixLength,
        };

        Assert.That(link.Broadcast?.ToString(), Is.EqualTo(broadcast));
    }

    [Test]
    public void Broadcast_IsNull_WithoutAnAddress() =>
        Assert.That(new DatagramInterface { Name = "eth0", Index = 2, PrefixLength = 24 }.Broadcast, Is.Null);
}
