using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>The oracle prints what miros printed.</summary>
public sealed class OracleGoldenTests
{
    private static IEnumerable<TestCaseData> Cases =>
        CaseFiles.ReadAll().Select(each => new TestCaseData(each).SetArgDisplayNames(each.Id));

    [TestCaseSource(nameof(Cases))]
    public void Run_PrintsTheWholeRecordedSpyAndTrace_WhenTheCaseIsPlayed(object recorded)
    {
        var expected = (ChartCase)recorded;

        var run = OracleChart.Run(expected.Chart, expected.Host, expected.Script);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Spy, Is.EqualTo(expected.Spy));
            Assert.That(run.Trace, Is.EqualTo(expected.Trace));
            Assert.That(run.Final, Is.EqualTo(expected.Final));
            if (expected.Live is not null)
            {
                Assert.That(run.Live, Is.EqualTo(expected.Live));
            }
        }
    }
}
