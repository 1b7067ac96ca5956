using NUnit.Framework;

namespace Mesh.Tests.Core.Wire;

/// <summary>What every codec owes: round trips, and no harm from untrusted bytes.</summary>
[TestFixtureSource(typeof(CodecCases), nameof(CodecCases.Names))]
public sealed class CodecContractTests(string codec)
{
    private const int Seed = 20_260;

    private readonly CodecCase _codec = CodecCases.Named(codec);

    [Test]
    public void Read_GivesWhatWasWritten_ForManyValues()
    {
        var random = new Random(Seed);

        for (var round = 0; round < 500; round++)
        {
            var written = _codec.Make(random);
            Assert.That(_codec.Rewrite(written), Is.EqualTo(written), () => Convert.ToHexString(written));
        }
    }

    [Test]
    public void Read_Refuses_WhenAnythingIsCutOff()
    {
        var random = new Random(Seed);

        for (var round = 0; round < 5; round++)
        {
            var written = _codec.Make(random);
            for (var length = 0; length < written.Length; length += Step(written.Length))
            {
                Assert.That(_codec.Rewrite(written[..length]), Is.Null, $"cut to {length} bytes");
            }
        }
    }

    [Test]
    public void Read_Refuses_WhenBytesFollowTheEnd()
    {
        var random = new Random(Seed);

        for (var round = 0; round < 50; round++)
        {
            byte[] longer = [.. _codec.Make(random), (byte)random.Next(256)];
            Assert.That(_codec.Rewrite(longer), Is.Null, () => Convert.ToHexString(longer));
        }
    }

    [Test]
    public void Read_NeitherThrowsNorAllocatesMuch_ForMutatedBytes()
    {
        var random = new Random(Seed);
        var accepted = 0;

        byte[] made = [];

        for (var round = 0; round < 20_000; round++)
        {
            made = round % 20 == 0 ? _codec.Make(random) : made;
            var mutated = CodecBytes.Mutate(made, random);
            var allocated = AllocatedByReading(mutated, out var isAccepted);
            accepted += isAccepted ? 1 : 0;

            // The runtime allocates now and then for itself, but not twice for the same bytes.
            if (allocated > _codec.MaxAllocatedBytes && AllocatedByReading(mutated, out _) > _codec.MaxAllocatedBytes)
            {
                Assert.Fail($"{allocated} bytes allocated for {Convert.ToHexString(mutated)}");
            }
        }

        Assert.That(accepted, Is.LessThan(20_000), "no mutation was refused");
    }

    private long AllocatedByReading(byte[] source, out bool isAccepted)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        isAccepted = _codec.TryRead(source);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static int Step(int length) => length < 4_096 ? 1 : 37;
}
