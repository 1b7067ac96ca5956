using Mesh.Node.Output;
using NUnit.Framework;

namespace Mesh.Tests.Node.Output;

/// <summary>The drawing, line for line.</summary>
public sealed class SequenceDiagramTests
{
    [Test]
    public void Draw_PointsBackward_WhenTheTargetWasMentionedBefore()
    {
        string[] expected =
        [
            "[Statechart: door] (?)",
            "    open        closed       locked",
            "      +---shut()-->|            |",
            "      |    (?)     |            |",
            "      |            +---lock()-->|",
            "      |            |    (?)     |",
            "      |            +<-unlock()--|",
            "      |            |    (?)     |",
            "      +<--open()---|            |",
            "      |    (?)     |            |",
            "      +            |            |",
            "       \\ (?)       |            |",
            "       hold()      |            |",
            "       /           |            |",
            "      <            |            |",
        ];

        var drawing = Draw(
            "[door] e->shut() open->closed",
            "[door] e->lock() closed->locked",
            "[door] e->unlock() locked->closed",
            "[door] e->open() closed->open",
            "[door] e->hold() open->open");

        Assert.That(drawing, Is.EqualTo(expected));
    }

    [Test]
    public void Draw_MakesColumnsWideEnoughForTheLongestState()
    {
        string[] expected =
        [
            "[Statechart: c] (?)",
            "     top     a_longer_name",
            "      +-----A()--->|",
            "      |    (?)     |",
        ];

        Assert.That(Draw("[c] e->A() top->a_longer_name"), Is.EqualTo(expected));
    }

    [Test]
    public void Draw_NumbersTheSteps_WhenAsked()
    {
        var lines = Enumerable.Repeat("[c] e->LONG_SIGNAL() a->a", 10).Prepend("[c] e->start_at() top->a");

        var drawing = SequenceDiagram.Parse(lines, isNumbered: true)[0].Draw().ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(drawing[0], Is.EqualTo("[Statechart: c]"));
            Assert.That(drawing[3], Does.Contain(" (1) "));
            Assert.That(drawing[^4], Does.EndWith("\\ (11)"));
        }
    }

    [Test]
    public void Draw_ShowsWhatWouldSteerATerminal()
    {
        var drawing = Draw("[a\u001b[2Jb] e->\u202eA() top->s\u0007");

        Assert.That(string.Concat(drawing), Does.Contain("[Statechart: a\\x1b[2Jb]")
            .And.Contain("\\u202eA()").And.Contain("s\\x07").And.Not.Contain("\u001b"));
    }

    [Test]
    public void Draw_NeverEndsALineWithASpace()
    {
        var random = new Random(3);
        var lines = Enumerable.Range(0, 200)
            .Select(_ => $"[c] e->{new string('S', random.Next(1, 20))}() s{random.Next(6)}->s{random.Next(6)}");

        Assert.That(Draw([.. lines]).Where(line => line.EndsWith(' ')), Is.Empty);
    }

    [Test]
    public void Parse_FindsNothing_WhenThereIsNoTrace()
    {
        Assert.That(SequenceDiagram.Parse(["START", " [+s] [name] START", ""], isNumbered: false), Is.Empty);
    }

    private static string[] Draw(params string[] lines) =>
        [.. SequenceDiagram.Parse(lines, isNumbered: false).Single().Draw()];
}
