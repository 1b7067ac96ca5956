using Mesh.Node.Commands;
using NUnit.Framework;

namespace Mesh.Tests.Node.Commands;

/// <summary>Durations as people write them.</summary>
public sealed class DurationOptionTests
{
    [TestCase("500ms", 500)]
    [TestCase("10s", 10_000)]
    [TestCase("1.5s", 1_500)]
    [TestCase("5m", 300_000)]
    [TestCase("1h", 3_600_000)]
    [TestCase("0s", 0)]
    [TestCase("0.25ms", 0.25)]
    [TestCase("9999h", 9_999d * 3_600_000)]
    public void TryParse_ReadsNumberAndUnit(string text, double expectedMs)
    {
        var isRead = DurationOption.TryParse(text, out var duration);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isRead);
            Assert.That(duration.TotalMilliseconds, Is.EqualTo(expectedMs));
        }
    }

    [TestCase("")]
    [TestCase("10")]
    [TestCase("s")]
    [TestCase("-1s")]
    [TestCase("+1s")]
    [TestCase("1 s")]
    [TestCase(" 1s")]
    [TestCase("1s ")]
    [TestCase("1,5s")]
    [TestCase("1e3s")]
    [TestCase("10000h")]
    [TestCase("99999999999999999999999999999999s")]
    [TestCase("1d")]
    [TestCase("1sm")]
    [TestCase("1S")]
    [TestCase("1ss")]
    public void TryParse_RefusesEverythingElse(string text)
    {
        Assert.That(DurationOption.TryParse(text, out _), Is.False);
    }
}
