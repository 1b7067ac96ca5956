using Mesh.Core;
using Mesh.Core.Identity;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Identity;

/// <summary>Incarnations only grow, over restarts and clocks that stand still or run back.</summary>
public sealed class IncarnationStoreTests
{
    private const long StartMs = 1_700_000_000_000;

    [Test]
    public void Next_IsTheClock_AtTheFirstStart()
    {
        using var folder = new TemporaryFolder();
        var store = new IncarnationStore(folder["incarnation"], new WallClock(StartMs));

        Assert.That(store.Next(), Is.EqualTo(StartMs));
    }

    [TestCase(0)]
    [TestCase(-1_000_000)]
    public void Next_Grows_WhenTheClockDoesNot(long laterMs)
    {
        using var folder = new TemporaryFolder();
        var first = new IncarnationStore(folder["incarnation"], new WallClock(StartMs)).Next();

        var second = new IncarnationStore(folder["incarnation"], new WallClock(StartMs + laterMs)).Next();

        Assert.That(second, Is.EqualTo(first + 1));
    }

    [Test]
    public void Next_IsOnTheDisk_BeforeItIsHandedOut()
    {
        using var folder = new TemporaryFolder();
        var store = new IncarnationStore(folder["incarnation"], new WallClock(StartMs));

        var incarnation = store.Next();

        Assert.That(File.ReadAllText(folder["incarnation"]), Is.EqualTo($"{incarnation}\n"));
    }

    [Test]
    public void Advance_MakesTheNextOneLater()
    {
        using var folder = new TemporaryFolder();
        var store = new IncarnationStore(folder["incarnation"], new WallClock(StartMs));
        var first = store.Next();

        store.Advance(first + 10);

        Assert.That(store.Next(), Is.EqualTo(first + 11));
        Assert.That(() => store.Advance(first), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [TestCase("")]
    [TestCase("-1")]
    [TestCase("12 13")]
    [TestCase("1e9")]
    [TestCase("18446744073709551615")]
    [TestCase("18446744073709551616")]
    [TestCase("000000000000000000000000000000000001")]
    public void Next_ThrowsAndKeepsTheFile_WhenItIsDamaged(string content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["incarnation"], content);
        var store = new IncarnationStore(folder["incarnation"], new WallClock(StartMs));

        Assert.That(
            () => store.Next(),
            Throws.TypeOf<MeshException>().With.Message.Contains(folder["incarnation"]));
        Assert.That(File.ReadAllText(folder["incarnation"]), Is.EqualTo(content));
    }

    private sealed class WallClock(long unixMs) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
    }
}
