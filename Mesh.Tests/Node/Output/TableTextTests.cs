using Mesh.Node.Output;
using NUnit.Framework;

namespace Mesh.Tests.Node.Output;

/// <summary>Tables for people.</summary>
public sealed class TableTextTests
{
    private static readonly string[] Headings = ["NAME", "TRUST", "ADDRESS"];

    [Test]
    public void Format_AlignsColumnsAndLeavesNoTrailingSpace()
    {
        string[][] rows = [["pi", "accepted", "192.168.1.20:21750"], ["workshop", "pending", ""]];

        var lines = TableText.Format(Headings, rows, 80);

        string[] expected =
        [
            "NAME      TRUST     ADDRESS",
            "pi        accepted  192.168.1.20:21750",
            "workshop  pending",
        ];
        Assert.That(lines, Is.EqualTo(expected));
    }

    [Test]
    public void Format_CutsTheWidestCells_WhenTheTerminalIsNarrow()
    {
        string[][] rows = [["a-very-long-name-of-a-node", "accepted", "192.168.1.20:21750"]];

        var lines = TableText.Format(Headings, rows, 40).ToArray();

        string[] expected =
        [
            "NAME            TRUST     ADDRESS",
            "a-very-long-n…  accepted  192.168.1.20:…",
        ];
        Assert.That(lines, Is.EqualTo(expected));
    }

    [Test]
    public void Format_CutsNothing_WhenThereIsNoTerminal()
    {
        string[][] rows = [[new string('x', 300), "", "end"]];

        var lines = TableText.Format(Headings, rows, 0).ToArray();

        Assert.That(lines[1], Is.EqualTo(new string('x', 300) + "         end"));
    }

    [Test]
    public void Format_EscapesCellsBeforeItMeasuresThem()
    {
        string[][] rows = [["a\nb", "漢", "x"]];

        var lines = TableText.Format(Headings, rows, 80).ToArray();

        Assert.That(lines[1], Is.EqualTo("a\\nb  漢     x"));
    }

    [Test]
    public void Format_KeepsFourColumnsOfEachCell_WhenNothingFits()
    {
        string[][] rows = [["abcdefgh", "abcdefgh", "abcdefgh"]];

        var lines = TableText.Format(Headings, rows, 5).ToArray();

        Assert.That(lines[1], Is.EqualTo("abc…  abc…  abc…"));
    }
}
