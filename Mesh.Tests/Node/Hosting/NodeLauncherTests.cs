using Mesh.Core;
using Mesh.Node.Hosting;
using NUnit.Framework;

namespace Mesh.Tests.Node.Hosting;

/// <summary>The name of a node that was given none.</summary>
public sealed class NodeLauncherTests
{
    [TestCase("raspberrypi", "raspberrypi")]
    [TestCase("Bob's PC", "Bob's-PC")]
    [TestCase("a/b+c*d", "a-b-c-d")]
    [TestCase("", "node")]
    [TestCase("...", "node")]
    public void NameFrom_MakesTheHostNameValid(string hostName, string expected)
    {
        Assert.That(NodeLauncher.NameFrom(hostName), Is.EqualTo(expected));
    }

    [Test]
    public void NameFrom_CutsBetweenCharacters_WhenTheHostNameIsLong()
    {
        var name = NodeLauncher.NameFrom(new string('x', 62) + "ää");

        Assert.That(name, Is.EqualTo(new string('x', 62) + "ä").And.Matches<string>(NodeName.IsValid));
    }
}
