using Mesh.Node.Watching;
using NUnit.Framework;

namespace Mesh.Tests.Node.Watching;

/// <summary>Addresses of one chart.</summary>
public sealed class ChartAddressTests
{
    [Test]
    public void TryParse_ReadsNodeAndChart()
    {
        var address = ChartAddress.TryParse("pi/producer");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(address, Is.EqualTo(new ChartAddress("pi", "producer")));
            Assert.That(address!.ToString(), Is.EqualTo("pi/producer"));
        }
    }

    [TestCase("pi")]
    [TestCase("/producer")]
    [TestCase("pi/")]
    [TestCase("pi/a/b")]
    [TestCase("pi/...")]
    [TestCase("+/producer")]
    [TestCase("")]
    public void TryParse_GivesNull_WhenTheTextIsNotOneChart(string text)
    {
        Assert.That(ChartAddress.TryParse(text), Is.Null);
    }
}
