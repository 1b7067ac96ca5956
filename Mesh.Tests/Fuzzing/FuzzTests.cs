using NUnit.Framework;

namespace Mesh.Tests.Fuzzing;

/// <summary>Every parser and state machine that takes bytes from outside, against thousands of bad inputs.</summary>
[TestFixtureSource(typeof(FuzzTargets), nameof(FuzzTargets.Names))]
public sealed class FuzzTests(string name)
{
    private const int Seed = 20_261;
    private const int Inputs = 20_000;

    // Far more than a slow machine takes: whoever needs longer has a parser that stands still.
    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(4);

    [Test]
    public void Target_RefusesBadInputs_AtLittleCost()
    {
        using var target = FuzzTargets.Make(name);

        var report = new FuzzRunner(target, Seed).Run(Inputs, MaxTime);

        TestContext.Out.WriteLine(report);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Findings, Is.Empty);
            Assert.That(report.Inputs, Is.EqualTo(Inputs));
        }
    }

    [Test]
    public void Target_RefusesWhatItOnceDidNot()
    {
        using var target = FuzzTargets.Make(name);

        var report = new FuzzRunner(target, Seed).Replay(FuzzRegressions.Read(name));

        Assert.That(report.Findings, Is.Empty);
    }
}
