using Mesh.Core.Sealing;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sealing;

/// <summary>The handshake of MESH/1 under attack and under misuse.</summary>
public sealed class NoiseHandshakeTests
{
    private const int MessageCount = 3;

    [Test]
    public void Handshake_TellsEachSideTheOther_WhenAllGoesWell()
    {
        using var pair = new NoisePair().Run(MessageCount);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pair.Initiator.IsComplete, Is.True);
            Assert.That(pair.Responder.IsComplete, Is.True);
            Assert.That(pair.Initiator.RemoteStaticKey.ToArray(), Is.EqualTo(pair.ResponderKey));
            Assert.That(pair.Responder.RemoteStaticKey.ToArray(), Is.EqualTo(pair.InitiatorKey));
            Assert.That(
                pair.Initiator.HandshakeHash.ToArray(),
                Is.EqualTo(pair.Responder.HandshakeHash.ToArray()));
        }
    }

    [Test]
    public void RemoteStaticKey_IsEmpty_UntilItWasRead()
    {
        using var pair = new NoisePair().Run(1);
        var before = pair.Initiator.RemoteStaticKey.Length;

        pair.Read(1, pair.Write(1));

        Assert.That(before, Is.Zero);
        Assert.That(pair.Initiator.RemoteStaticKey.Length, Is.EqualTo(32));
        Assert.That(pair.Responder.RemoteStaticKey.Length, Is.Zero);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void ReadMessage_Refuses_WhenAnyBitDiffers(int index)
    {
        int bitCount;
        using (var pair = new NoisePair().Run(index))
        {
            bitCount = pair.Write(index).Length * 8;
        }

        for (var bit = 0; bit < bitCount; bit++)
        {
            using var pair = new NoisePair().Run(index);
            var message = pair.Write(index);
            message[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.That(pair.Read(index, message), Is.EqualTo(NoiseResult.Forged), $"bit {bit}");
            Assert.That(pair.ReaderOf(index).IsComplete, Is.False);
        }
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void ReadMessage_Refuses_EveryTruncationAndExtension(int index)
    {
        int length;
        using (var pair = new NoisePair().Run(index))
        {
            length = pair.Write(index).Length;
        }

        for (var cut = 0; cut <= length + 1; cut++)
        {
            using var pair = new NoisePair().Run(index);
            byte[] message = [.. pair.Write(index), 0];
            var expected = cut == length ? NoiseResult.Done : NoiseResult.Forged;

            Assert.That(
                pair.Read(index, message.AsSpan(0, cut)),
                Is.EqualTo(expected).Or.EqualTo(cut < length ? NoiseResult.Truncated : expected),
                $"{cut} of {length} bytes");
        }
    }

    [Test]
    public void ReadMessage_RefusesTheFirst_WhenThePresharedKeyDiffers()
    {
        using var pair = new NoisePair(responderPresharedKey: new byte[32]);

        Assert.That(pair.Read(0, pair.Write(0)), Is.EqualTo(NoiseResult.Forged));
    }

    [Test]
    public void ReadMessage_RefusesTheFirst_WhenThePrologueDiffers()
    {
        using var pair = new NoisePair(responderPrologue: [1]);

        Assert.That(pair.Read(0, pair.Write(0)), Is.EqualTo(NoiseResult.Forged));
    }

    [Test]
    public void WriteTokens_RefusesAWeakKey_OfAnInitiatorThatKnowsThePresharedKey()
    {
        // An attacker inside the mesh sends the point of order 1 with a right tag.
        using var pair = new NoisePair();
        var library = PrimitivesProvider.Load();
        using var state = new NoiseSymmetricState(library, NoisePattern.XXpsk0.ProtocolName);
        var message = new byte[32 + AeadKey.TagBytes];
        state.MixHash([]);
        state.MixKeyAndHash(NoisePair.PresharedKey);
        state.MixHash(message.AsSpan(0, 32));
        state.MixKey(message.AsSpan(0, 32));
        state.EncryptAndHash([], message.AsSpan(32));

        var read = pair.Read(0, message);
        var result = pair.Responder.WriteTokens(new byte[NoiseHandshake.MaxOverheadBytes], out var written);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read, Is.EqualTo(NoiseResult.Done));
            Assert.That(result, Is.EqualTo(NoiseResult.WeakKey));
            Assert.That(written, Is.Zero);
            Assert.That(
                () => pair.Responder.WriteTokens(new byte[96], out _),
                Throws.InvalidOperationException);
        }
    }

    [Test]
    public void ReadTokens_RefusesAWeakKey_OfTheResponder()
    {
        using var pair = new NoisePair().Run(1);

        Assert.That(pair.Read(1, new byte[96]), Is.EqualTo(NoiseResult.WeakKey));
    }

    [Test]
    public void ReadMessage_Refuses_AMessageOutOfTurn()
    {
        using var pair = new NoisePair().Run(1);

        Assert.That(pair.Responder.ReadMessage(new byte[96], new byte[96], out _), Is.EqualTo(NoiseResult.OutOfTurn));
    }

    [Test]
    public void ReadMessage_Refuses_AfterARefusalAndAfterTheEnd()
    {
        using var pair = new NoisePair();
        using var done = new NoisePair().Run(MessageCount);
        var message = pair.Write(0);
        pair.Read(0, new byte[48]);

        Assert.That(pair.Read(0, message), Is.EqualTo(NoiseResult.OutOfTurn));
        Assert.That(done.Read(0, message), Is.EqualTo(NoiseResult.OutOfTurn));
    }

    [Test]
    public void ReadMessage_Refuses_WhatIsLongerThanNoiseAllows()
    {
        using var pair = new NoisePair();

        Assert.That(pair.Read(0, new byte[65_536]), Is.EqualTo(NoiseResult.TooLong));
    }

    [Test]
    public void ReadMessage_Refuses_AReplayInAnotherHandshake()
    {
        using var pair = new NoisePair().Run(1);
        var second = pair.Write(1);
        using var other = new NoisePair();
        other.Initiator.WriteMessage("other"u8, new byte[128], out _);

        Assert.That(other.Read(1, second), Is.EqualTo(NoiseResult.Forged));
    }

    [Test]
    public void Steps_Throw_WhenTheCallerIsOutOfStep()
    {
        using var pair = new NoisePair();
        var buffer = new byte[NoiseHandshake.MaxOverheadBytes];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => pair.Responder.WriteTokens(buffer, out _), Throws.InvalidOperationException);
            Assert.That(() => pair.Initiator.WritePayload([], buffer), Throws.InvalidOperationException);
            Assert.That(() => pair.Initiator.Split(out _, out _), Throws.InvalidOperationException);
            Assert.That(() => pair.Initiator.WriteTokens(new byte[79], out _), Throws.ArgumentException);
        }

        pair.Initiator.WriteTokens(buffer, out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => pair.Initiator.WriteTokens(buffer, out _), Throws.InvalidOperationException);
            Assert.That(() => pair.Initiator.WritePayload([], new byte[15]), Throws.ArgumentException);
            Assert.That(
                () => pair.Initiator.WritePayload(new byte[65_535], new byte[70_000]),
                Throws.ArgumentException);
        }
    }

    [TestCase(0)]
    [TestCase(31)]
    [TestCase(64)]
    public void Constructor_Throws_WhenThePresharedKeyHasAnotherLength(int length)
    {
        var library = PrimitivesProvider.Load();
        using var key = library.CreateAgreementKey(new byte[32]);

        Assert.That(
            () => new NoiseHandshake(library, new NoiseParameters
            {
                IsInitiator = true,
                StaticKey = key,
                PresharedKey = new byte[length],
            }),
            Throws.ArgumentException);
    }

    [Test]
    public void Split_EndsTheHandshake_AndKeepsHashAndPeer()
    {
        using var pair = new NoisePair().Run(MessageCount);
        var hash = pair.Initiator.HandshakeHash.ToArray();

        pair.Initiator.Split(out var sending, out var receiving);
        sending.Dispose();
        receiving.Dispose();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => pair.Initiator.Split(out _, out _), Throws.InvalidOperationException);
            Assert.That(pair.Initiator.HandshakeHash.ToArray(), Is.EqualTo(hash));
            Assert.That(pair.Initiator.RemoteStaticKey.ToArray(), Is.EqualTo(pair.ResponderKey));
        }
    }

    [Test]
    public void Handshakes_ShareNothing_WhenOnlyTheEphemeralKeysDiffer()
    {
        var library = PrimitivesProvider.Load();
        using var key = library.CreateAgreementKey([.. Enumerable.Repeat((byte)1, 32)]);
        var messages = Enumerable.Range(0, 2).Select(seed =>
        {
            using var handshake = new NoiseHandshake(new SeededPrimitives(library, seed), new NoiseParameters
            {
                IsInitiator = true,
                StaticKey = key,
                PresharedKey = NoisePair.PresharedKey,
            });
            var buffer = new byte[NoiseHandshake.MaxOverheadBytes];
            handshake.WriteMessage([], buffer, out var written);
            return Convert.ToHexString(buffer, 0, written);
        }).ToList();

        Assert.That(messages[0][..64], Is.Not.EqualTo(messages[1][..64]));
        Assert.That(messages[0][64..], Is.Not.EqualTo(messages[1][64..]));
    }
}
