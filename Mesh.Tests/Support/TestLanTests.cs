using NUnit.Framework;

namespace Mesh.Tests.Support;

/// <summary>The namespaces that other tests stand on carry traffic between hosts.</summary>
[Category("Namespace")]
public sealed class TestLanTests
{
    [Test]
    public void Connect_LetsHostsReachOneAnother()
    {
        using var lan = TestLan.CreateOrSkip();
        var segment = lan.AddSegment();
        var first = lan.AddHost();
        var second = lan.AddHost();

        lan.Connect(first, segment, "10.77.0.1/24");
        lan.Connect(second, segment, "10.77.0.2/24");

        TestLan.DropBroadcast(second);
        Assert.DoesNotThrow(() => TestLan.RunIn(
            first, "bash", "-c", "(echo > /dev/tcp/10.77.0.2/9) 2>&1 | grep -q refused"));
    }
}
