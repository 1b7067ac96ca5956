using Mesh.Node.Hosting;
using NUnit.Framework;

namespace Mesh.Tests.Node.Hosting;

/// <summary>Addresses as people write them.</summary>
public sealed class HostAddressTests
{
    [TestCase("192.168.1.20:21760", "192.168.1.20", 21760)]
    [TestCase("192.168.1.20", "192.168.1.20", 21750)]
    [TestCase("pi.local:1", "pi.local", 1)]
    [TestCase("pi", "pi", 21750)]
    [TestCase("[::1]:65535", "::1", 65535)]
    [TestCase("[::1]", "::1", 21750)]
    [TestCase("fe80::1", "fe80::1", 21750)]
    public void TryParse_ReadsHostAndPort(string text, string host, int port)
    {
        Assert.That(HostAddress.TryParse(text), Is.EqualTo(new HostAddress(host, port)));
    }

    [TestCase("")]
    [TestCase(":21750")]
    [TestCase("pi:")]
    [TestCase("pi:0")]
    [TestCase("pi:65536")]
    [TestCase("pi:-1")]
    [TestCase("pi:port")]
    [TestCase("a b:1")]
    [TestCase("http://pi:1")]
    public void TryParse_GivesNull_WhenTheTextIsNoAddress(string text)
    {
        Assert.That(HostAddress.TryParse(text), Is.Null);
    }

    [TestCase("192.168.1.20:21760")]
    [TestCase("[::1]:21760")]
    public void ToString_IsWhatCanBeParsed(string text)
    {
        Assert.That(HostAddress.TryParse(text)!.ToString(), Is.EqualTo(text));
    }

    [Test, CancelAfter(10_000)]
    public async Task ResolveAsync_GivesTheAddress_WhenItIsOne(CancellationToken cancellationToken)
    {
        var endpoints = await new HostAddress("127.0.0.1", 7).ResolveAsync(cancellationToken);

        Assert.That(endpoints.Select(endpoint => endpoint.ToString()), Is.EqualTo(new[] { "127.0.0.1:7" }));
    }
}
