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

    [TestCase("producer", "\"producer\" is no chart; there are: sample:producer, sample:blinker")]
    [TestCase("sample:", "\"sample:\" is no chart; there are: sample:producer, sample:blinker")]
    [TestCase("x=sample:nothing", "\"sample:nothing\" is no chart; there are: sample:producer, sample:blinker")]
    [TestCase("=sample:blinker", "\"\" cannot be the name of a chart")]
    [TestCase("a/b=sample:blinker", "\"a/b\" cannot be the name of a chart")]
    public void TryParse_SaysTheFault(string text, string expected)
    {
        var choice = SampleChoice.TryParse(text, out var fault);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(choice, Is.Null);
            Assert.That(fault, Is.EqualTo(expected));
        }
    }
}
