using System.Security.Cryptography;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Definitions;
using Mesh.Core.Wire.MessagePack;
using Mesh.Statecharts.Definition;
using Mesh.Tests.Fuzzing;
using NUnit.Framework;

namespace Mesh.Tests.Core.Wire.Definitions;

/// <summary>What a definition of 256 KiB may cost whoever reads it, when its publisher means it badly.</summary>
public sealed class LargestDefinitionTests
{
    private const int Repeats = 100;
    private const int ChainLength = ChartLimits.MaxDepth - 1;
    private const int Chains = (ChartLimits.MaxStates - 1) / ChainLength;

    private delegate void Writing(ref MessageWriter writer);

    private static IEnumerable<TestCaseData> Definitions()
    {
        yield return Case("many transitions", Samek(400, 64, 32_000));
        yield return Case("many states and signals", Samek(ChartLimits.MaxStates, ChartLimits.MaxSignals, 20_000));
        yield return Case("deep states and long target lists", Deep(Chains));
        yield return Case("deep states and pairs of targets", Deep(2));
        yield return Case("names that are alike", Alike());
    }

    [TestCaseSource(nameof(Definitions))]
    public void TryRead_TakesLittle_WhateverTheBytesHold(byte[] bytes)
    {
        var hash = SHA256.HashData(bytes);
        var (least, quickest) = (long.MaxValue, TimeSpan.MaxValue);
        string? refusal = null;

        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), ThreadTime.Now);
            _ = DefinitionReader.TryRead(bytes, hash, out _, out refusal);
            var took = ThreadTime.Now - start;
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            quickest = took < quickest ? took : quickest;
        }

        TestContext.Out.WriteLine($"{bytes.Length} bytes: {least} allocated, {quickest.TotalMilliseconds:F2} ms");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal, Is.Null);
            Assert.That(bytes.Length, Is.InRange(WireLimits.MaxDefinitionBytes / 2, WireLimits.MaxDefinitionBytes));
            Assert.That(
                least, Is.LessThanOrEqualTo((FuzzLimits.BytesPerInputByte * bytes.Length) + FuzzLimits.FixedBytes));
            Assert.That(quickest, Is.LessThan(FuzzLimits.MaxTime));
        }
    }

    [TestCase(3, 4_096)]
    [TestCase(4, 32_768)]
    [TestCase(5, 4_096)]
    public void TryRead_AllocatesLittle_WhenAListCountsWhatItsBytesCannotHold(int list, int count)
    {
        var bytes = Written((ref writer) =>
        {
            writer.WriteArrayHeader(6);
            writer.WriteRaw([0xa0, 0, 0]);
            for (var before = 3; before < list; before++)
            {
                writer.WriteRaw([0x90]);
            }

            writer.WriteArrayHeader(count);
            writer.WriteRaw(new byte[count]);
        });
        var hash = SHA256.HashData(bytes);
        _ = DefinitionReader.TryRead(bytes, hash, out _, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var isRead = DefinitionReader.TryRead(bytes, hash, out _, out _);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(isRead, Is.False);
        Assert.That(allocated, Is.LessThan(bytes.Length + 2_048));
    }

    private static byte[] Samek(int states, int signals, int transitions) => Written((ref writer) =>
    {
        writer.WriteArrayHeader(6);
        writer.WriteRaw([0xa0, 0, 0]);
        writer.WriteArrayHeader(states);
        for (var state = 0; state < states; state++)
        {
            writer.WriteArrayHeader(8);
            writer.WriteText($"{state:x}", 9);
            writer.WriteRaw([0xc0, 0, 1, 1, 1, 0xc0, 0]);
        }

        writer.WriteArrayHeader(transitions);
        for (var transition = 0; transition < transitions; transition++)
        {
            writer.WriteRaw([0x96, (byte)(transition % 64), (byte)(transition % 61), 0xc0, 0xc0, 5, 0]);
        }

        writer.WriteArrayHeader(signals);
        for (var signal = 0; signal < signals; signal++)
        {
            writer.WriteArrayHeader(2);
            writer.WriteText($"{signal:x}", 9);
            writer.WriteRaw([0xc0]);
        }
    });

    // A parallel state, in which chains of states lie as deep as they may; transitions to the innermost of many chains.
    private static byte[] Deep(int targets) => Written((ref writer) =>
    {
        writer.WriteArrayHeader(7);
        writer.WriteRaw([0xa0, 1, 0]);
        writer.WriteArrayHeader(1 + (Chains * ChainLength));
        writer.WriteRaw([0x99, 0xa1, (byte)'p', 0xc0, 1, 1, 1, 1, 0xc0, 0, 0x90]);
        for (var state = 0; state < Chains * ChainLength; state++)
        {
            writer.WriteArrayHeader(9);
            writer.WriteText($"{state:x}", 9);
            writer.WriteUnsigned(state % ChainLength == 0 ? 0 : (ulong)state);
            writer.WriteRaw([0, 1, 1, 1, 0xc0, 0, 0x90]);
        }

        var transitions = 195_000 / (9 + (3 * targets));
        writer.WriteArrayHeader(transitions);
        for (var transition = 0; transition < transitions; transition++)
        {
            writer.WriteRaw([0x98, 0, 0xc0, 0xc0, 0xc0]);
            writer.WriteUnsigned((ulong)((1 + (transition % Chains)) * ChainLength));
            writer.WriteRaw([0, 0x90]);
            writer.WriteArrayHeader(targets - 1);
            for (var target = 1; target < targets; target++)
            {
                writer.WriteUnsigned((ulong)((1 + ((transition + target) % Chains)) * ChainLength));
            }
        }

        writer.WriteRaw([0x90, 0x90]);
    });

    private static byte[] Alike() => Written((ref writer) =>
    {
        const int count = 1_000;
        writer.WriteArrayHeader(6);
        writer.WriteRaw([0xa0, 0, 0]);
        writer.WriteArrayHeader(count);
        for (var state = 0; state < count; state++)
        {
            writer.WriteArrayHeader(8);
            writer.WriteText($"{new string('n', 240)}{state:x5}", 256);
            writer.WriteRaw([0xc0, 0, 1, 1, 1, 0xc0, 0]);
        }

        writer.WriteRaw([0x90, 0x90]);
    });

    private static byte[] Written(Writing write)
    {
        var writer = new MessageWriter(new byte[WireLimits.MaxDefinitionBytes]);
        write(ref writer);
        return writer.Written.ToArray();
    }

    private static TestCaseData Case(string name, byte[] bytes) => new TestCaseData(bytes).SetArgDisplayNames(name);
}
