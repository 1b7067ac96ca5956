using NUnit.Framework;

namespace Mesh.Tests.Fuzzing;

/// <summary>The fuzzer finds what is bad, says how to see it again, and leaves what is good alone.</summary>
public sealed class FuzzHarnessTests
{
    private const int Seed = 7;
    private const int Inputs = 3_000;

    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(1);

    [TestCase(nameof(BadFault.Throws), nameof(ArgumentOutOfRangeException))]
    [TestCase(nameof(BadFault.Allocates), "allocated 41")]
    [TestCase(nameof(BadFault.Spins), "took ")]
    [TestCase(nameof(BadFault.Lies), "it lost the end")]
    public void Run_FindsABadParser(string fault, string found)
    {
        using var target = new BadTarget(Enum.Parse<BadFault>(fault));

        var report = new FuzzRunner(target, Seed).Run(Inputs, MaxTime);

        Assert.That(report.Findings.Select(finding => finding.Fault), Has.Some.Contains(found));
    }

    [Test]
    public void Run_FindsNothing_InAGoodParser()
    {
        using var target = new BadTarget(BadFault.None);

        var report = new FuzzRunner(target, Seed).Run(Inputs, MaxTime);

        Assert.That((report.Inputs, report.Findings.Count), Is.EqualTo((Inputs, 0)));
    }

    [Test]
    public void Shrink_KeepsTheFault_OfAShorterInput()
    {
        using var target = new BadTarget(BadFault.Throws);
        var runner = new FuzzRunner(target, Seed);
        byte[] input = [0x92, 1, 0xc4, 200, .. new byte[100]];

        var shrunk = runner.Shrink(new FuzzFinding("bad", Seed, 0, input, "thrown"));

        Assert.That(shrunk.Input, Is.EqualTo(new byte[] { 0x92, 1, 0xc4, 200, 0 }));
    }

    [Test]
    public void Replay_FindsAgain_WhatWasFound()
    {
        using var target = new BadTarget(BadFault.Throws);
        var found = new FuzzRunner(target, Seed).Run(Inputs, MaxTime).Findings[0];

        var report = new FuzzRunner(target, Seed).Replay([found.Input]);

        Assert.That(report.Findings.Single().Input, Is.EqualTo(found.Input));
    }

    [Test]
    public void Make_GivesTheSameInput_ForTheSameSeedAndNumber()
    {
        using var target = FuzzTargets.Make("beacon");
        using var again = FuzzTargets.Make("beacon");

        var inputs = Enumerable.Range(0, 200).Select(number => new Mutator(target, Seed).Make(number)).ToArray();

        Assert.That(
            Enumerable.Range(0, 200).Select(number => new Mutator(again, Seed).Make(number)), Is.EqualTo(inputs));
    }

    [Test]
    public void Parse_GivesBackWhatWasRead_OfAnyBytes()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            Assert.That(PackTree.Write(PackTree.Parse(bytes)).Length, Is.GreaterThanOrEqualTo(0));
        }

        byte[] legal = [0x93, 0x01, 0xc4, 0x07, 0x92, 0x05, 0xc4, 0x03, 1, 2, 3, 0xa1, 0x61];
        Assert.That(PackTree.Write(PackTree.Parse(legal)), Is.EqualTo(legal));
    }

    // What is valid gets through: else the mutations of it would be refused at the first check, and prove nothing.
    [TestCaseSource(typeof(FuzzTargets), nameof(FuzzTargets.Names))]
    public void Run_FindsNothing_InTheValidInputs(string name)
    {
        using var target = FuzzTargets.Make(name);
        var corpus = target.MakeCorpus(new Random(Seed));

        var report = new FuzzRunner(target, Seed).Replay(corpus);

        Assert.That((corpus.Count > 0, report.Findings), Is.EqualTo((true, Array.Empty<FuzzFinding>())));
    }
}
