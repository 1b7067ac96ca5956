using System.Security.Cryptography;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Definitions;
using Mesh.Core.Wire.MessagePack;
using Mesh.Statecharts.Definition;
using NUnit.Framework;

namespace Mesh.Tests.Core.Wire.Definitions;

public sealed class DefinitionReaderTests
{
    private static byte[] Vector => MessageVectorTests.Vectors["DefinitionBytes"];

    [Test]
    public void TryRead_GivesTheDefinitionOfTheVector()
    {
        var isRead = TryRead(Vector, out var definition, out var refusal);

        Assert.That(isRead, Is.True, refusal);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(definition!.Hash.ToArray(), Is.EqualTo(SHA256.HashData(Vector)));
            Assert.That(definition.CanonicalBytes.ToArray(), Is.EqualTo(Vector));
            Assert.That(definition.Version, Is.EqualTo("1.0"));
            Assert.That(definition.States.Select(state => state.Name), Is.EqualTo(new[] { "off", "on", "low" }));
            Assert.That(definition.States[1], Is.EqualTo(new StateDefinition("on")
            {
                Entry = Report.Super,
                Exit = Report.Super,
                Init = Report.Handled,
                InitialTarget = 2,
                Traits = StateTraits.InitCode,
            }));
            Assert.That(definition.Transitions[0], Is.EqualTo(new TransitionDefinition(0, 0)
            {
                Guard = "g1",
                Target = 1,
            }));
            Assert.That(definition.Signals[1], Is.EqualTo(new SignalDefinition("TICK", "Seconds")));
        }
    }

    [Test]
    public void TryRead_GivesBackManyDefinitions()
    {
        var random = new Random(5);

        for (var round = 0; round < 200; round++)
        {
            var made = Make(random);
            var isRead = TryRead(made.CanonicalBytes.ToArray(), out var read, out var refusal);

            Assert.That(isRead, Is.True, refusal);
            Assert.That(read!.CanonicalBytes.ToArray(), Is.EqualTo(made.CanonicalBytes.ToArray()));
        }
    }

    [Test]
    public void TryRead_Refuses_WhenTheHashIsAnother()
    {
        var isRead = DefinitionReader.TryRead(Vector, new byte[32], out _, out var refusal);

        Assert.That(isRead, Is.False);
        Assert.That(refusal, Does.Contain("hash"));
    }

    [Test]
    public void TryRead_RefusesEveryTruncationAndWhateverFollows()
    {
        for (var length = 0; length < Vector.Length; length++)
        {
            Assert.That(TryRead(Vector[..length], out _, out _), Is.False, $"cut to {length} bytes");
        }

        Assert.That(TryRead([.. Vector, 0xC0], out _, out _), Is.False);
    }

    [Test]
    public void TryRead_SkipsWhatItDoesNotKnow_WhenTheDefinitionGrew()
    {
        var elements = CodecBytes.Split(Vector);
        var states = CodecBytes.Split(elements[3]);
        states[0] = CodecBytes.Join([.. CodecBytes.Split(states[0]), [0x05]]);
        elements[3] = CodecBytes.Join(states);

        var isRead = TryRead(CodecBytes.Join([.. elements, [0xA1, 0x78]]), out var definition, out var refusal);

        Assert.That(isRead, Is.True, refusal);
        Assert.That(definition!.States, Has.Count.EqualTo(3));
    }

    [Test]
    public void TryRead_Refuses_WhatIsNoChart()
    {
        var elements = CodecBytes.Split(Vector);
        var transitions = CodecBytes.Split(elements[4]);
        var transition = CodecBytes.Split(transitions[0]);
        transition[0] = [0x7F];
        transitions[0] = CodecBytes.Join(transition);
        elements[4] = CodecBytes.Join(transitions);

        var isRead = TryRead(CodecBytes.Join(elements), out _, out var refusal);

        Assert.That(isRead, Is.False);
        Assert.That(refusal, Does.Contain("unknown state, 127"));
    }

    [TestCase(3, 4_097)]
    [TestCase(4, 32_769)]
    [TestCase(5, 4_097)]
    public void TryRead_RefusesLists_LongerThanTheirLimits(int element, int count)
    {
        var elements = CodecBytes.Split(Vector);
        elements[element] = CodecBytes.Join([.. Enumerable.Repeat<byte[]>([0x90], count)]);

        Assert.That(TryRead(CodecBytes.Join(elements), out _, out _), Is.False);
    }

    [Test]
    public void TryRead_RefusesMoreBytesThanADefinitionHas()
    {
        var isRead = TryRead(new byte[WireLimits.MaxDefinitionBytes + 1], out _, out var refusal);

        Assert.That(isRead, Is.False);
        Assert.That(refusal, Does.Contain("bytes"));
    }

    [Test]
    public void TryRead_NeitherThrowsNorAllocatesMuch_ForMutatedBytes()
    {
        var random = new Random(6);
        var accepted = 0;

        for (var round = 0; round < 20_000; round++)
        {
            var mutated = CodecBytes.Mutate(Vector, random);
            accepted += TryRead(mutated, out _, out _) ? 1 : 0;
            if (Allocated(mutated) > 200_000 && Allocated(mutated) > 200_000)
            {
                Assert.Fail($"Too much was allocated for {Convert.ToHexString(mutated)}");
            }
        }

        Assert.That(accepted, Is.InRange(1, 19_999));
    }

    [Test]
    public void TryRead_RefusesInTime_WhenParentsFormAVeryLongChain()
    {
        // Each state lies in the one before: refused at the depth limit, not walked 4,096 times 4,096.
        var writer = new MessageWriter(new byte[WireLimits.MaxDefinitionBytes]);
        writer.WriteArrayHeader(6);
        writer.WriteUtf8(""u8);
        writer.WriteUnsigned(0);
        writer.WriteUnsigned(0);
        writer.WriteArrayHeader(WireLimits.MaxDefinitionStates);
        for (var state = 0; state < WireLimits.MaxDefinitionStates; state++)
        {
            writer.WriteArrayHeader(8);
            writer.WriteText($"s{state}", 10);
            writer.WriteUnsigned((ulong)((state + 1) % WireLimits.MaxDefinitionStates));
            writer.WriteRaw([0, 1, 1, 1, 0xC0, 0]);
        }

        writer.WriteArrayHeader(0);
        writer.WriteArrayHeader(0);

        Assert.That(TryRead(writer.Written.ToArray(), out _, out var refusal), Is.False);
        Assert.That(refusal, Does.Contain("cycle").Or.Contain("deeper"));
    }

    private static bool TryRead(byte[] bytes, out ChartDefinition? definition, out string? refusal) =>
        DefinitionReader.TryRead(bytes, SHA256.HashData(bytes), out definition, out refusal);

    private static long Allocated(byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        TryRead(bytes, out _, out _);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static ChartDefinition Make(Random random)
    {
        var signals = Enumerable.Range(0, random.Next(1, 300))
            .Select(number => new SignalDefinition($"S{number}", random.Next(2) == 0 ? null : random.NextText(30)))
            .ToArray();
        var states = Enumerable.Range(0, random.Next(1, 300))
            .Select(number => new StateDefinition($"state_{number}")
            {
                Parent = number > 0 && random.Next(3) > 0 ? random.Next(Math.Max(0, number - 5), number) / 9 : null,
                Entry = (Report)random.Next(3),
                Exit = (Report)random.Next(3),
                Init = (Report)random.Next(3),
                Traits = (StateTraits)random.Next(16),
            })
            .ToArray();
        var transitions = Enumerable.Range(0, random.Next(400))
            .Select(_ => new TransitionDefinition(random.Next(states.Length), random.Next(signals.Length))
            {
                Guard = random.Next(2) == 0 ? null : random.NextText(20),
                Effect = random.Next(2) == 0 ? null : random.NextText(20),
                Target = random.Next(states.Length),
                Kind = TransitionKind.Goto,
            })
            .ToArray();
        var data = new ChartDefinitionData
        {
            Version = random.NextText(20),
            Style = (ChartStyle)random.Next(2),
            States = states,
            Transitions = transitions,
            Signals = signals,
        };

        return ChartDefinition.TryCreate(data, out var definition, out var refusal)
            ? definition!
            : throw new InvalidOperationException(refusal);
    }
}
