using Mesh.Node.Output;
using NUnit.Framework;

namespace Mesh.Tests.Node.Output;

/// <summary>The order of steps when time stamps do not tell it.</summary>
public sealed class TraceChainTests
{
    [TestCase("1top>a 2a>b 3b>c", "top>a a>b b>c", TestName = "Order_LeavesAChainAlone")]
    [TestCase("3top>a 2a>b 1b>c", "top>a a>b b>c", TestName = "Order_LeavesAChainAlone_WhenTheClockWentBack")]
    [TestCase("1b>c 1a>b 1top>a", "top>a a>b b>c", TestName = "Order_LaysEqualStampsEndToEnd")]
    [TestCase("2b>c 1top>a 1a>b", "top>a a>b b>c", TestName = "Order_SortsByTime_WhenTheTextIsNoChain")]
    [TestCase("1a>b 2b>a 2b>b", "a>b b>b b>a", TestName = "Order_TakesALoopBeforeItLeaves")]
    [TestCase("1b>a 1a>b 1a>b", "a>b b>a a>b", TestName = "Order_FindsTheOneStartOfACircleWithATail")]
    [TestCase("0x>b 1a>b 1b>a", "x>b b>a a>b", TestName = "Order_GoesOnWhereTheLastMomentEnded")]
    [TestCase("1c>d 1a>b", "c>d a>b", TestName = "Order_KeepsTheOrderOfTheText_WhenLinesAreMissing")]
    [TestCase("1a>b 1a>c", "a>b a>c", TestName = "Order_KeepsTheOrderOfTheText_WhenTwoLinesLeaveAtOnce")]
    [TestCase("b>c a>b", "b>c a>b", TestName = "Order_KeepsTheOrderOfTheText_WhenThereIsNoTime")]
    public void Order(string text, string expected)
    {
        var ordered = TraceChain.Order([.. text.Split(' ').Select(Read)]);

        Assert.That(string.Join(' ', ordered.Select(line => $"{line.From}>{line.To}")), Is.EqualTo(expected));
    }

    [Test, CancelAfter(10_000)]
    public void Order_KeepsEveryLine_WhenManyHaveTheSameStamp()
    {
        var random = new Random(11);
        var lines = Enumerable.Range(0, 50_000)
            .Select(index => new TraceLine("12:00:00", "c", $"{index}()", $"s{random.Next(40)}", $"s{random.Next(40)}"))
            .ToArray();

        var ordered = TraceChain.Order(lines);

        Assert.That(ordered.Select(line => line.Signal).Order(), Is.EqualTo(lines.Select(line => line.Signal).Order()));
    }

    [Test]
    public void Order_FindsAWalk_WheneverThereIsOne()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var states = new List<string> { "top" };
            states.AddRange(Enumerable.Range(0, 30).Select(_ => $"s{random.Next(5)}"));
            var walk = states.Zip(states.Skip(1))
                .Select(step => new TraceLine("12:00:00", "c", "A()", step.First, step.Second)).ToArray();
            random.Shuffle(walk);

            var ordered = TraceChain.Order(walk);

            Assert.That(
                ordered.Zip(ordered.Skip(1)).All(pair => pair.First.To == pair.Second.From), $"seed {seed}");
        }
    }

    private static TraceLine Read(string text)
    {
        var time = char.IsDigit(text[0]) ? $"2018-01-10 13:14:0{text[0]}" : "";
        var states = text.TrimStart([.. "0123456789"]).Split('>');
        return new TraceLine(time, "c", "A()", states[0], states[1]);
    }
}
