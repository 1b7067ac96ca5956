using Mesh.Node.Samples;
using NUnit.Framework;

namespace Mesh.Tests.Node.Samples;

/// <summary>Samples as the command line names them.</summary>
public sealed class SampleChoiceTests
{
    [TestCase("sample:producer", "producer", "producer")]
    [TestCase("left=sample:producer", "left", "producer")]
    [TestCase("lamp=sample:blinker", "lamp", "blinker")]
    public void TryParse_ReadsNameAndSample(string text, string name, string sample)
    {
        var choice = SampleChoice.TryParse(text, out var fault);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(choice, Is.EqualTo(new SampleChoice(name, sample)));
            Assert.That(fault, Is.Empty);
        }
    }

    [TestCase("traffic.scxml", "traffic", "traffic.scxml")]
    [TestCase("charts/traffic light.scxml", "traffic-light", "charts/traffic light.scxml")]
    [TestCase("north=charts/traffic.scxml", "north", "charts/traffic.scxml")]
    public void TryParse_ReadsNameAndFile(string text, string name, string path)
    {
        var choice = SampleChoice.TryParse(text, out var fault);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(choice, Is.EqualTo(new SampleChoice(name, "") { File = path }));
            Assert.That(fault, Is.Empty);
        }
    }

    [TestCase("a/b=c.scxml", "\"a/b\" cannot be the name of a chart")]
    [TestCase("producer", "\"producer\" is no chart; there are: ")]
    [TestCase("sample:", "\"sample:\" is no chart; there are: ")]
    [TestCase("x=sample:nothing", "\"sample:nothing\" is no chart; there are: ")]
    [TestCase("=sample:blinker", "\"\" cannot be the name of a chart")]
    [TestCase("a/b=sample:blinker", "\"a/b\" cannot be the name of a chart")]
    public void TryParse_SaysTheFault(string text, string expected)
    {
        var choice = SampleChoice.TryParse(text, out var fault);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(choice, Is.Null);
            Assert.That(fault, Does.StartWith(expected));
        }
    }
}
