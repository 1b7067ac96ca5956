using Mesh.Core.Wire;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Messages;
using NUnit.Framework;

namespace Mesh.Tests.Core.Wire;

/// <summary>Which bytes of a message a prologue or a signature covers: those received.</summary>
public sealed class SignedRangeTests
{
    [Test]
    public void PrologueBytes_AreInitsFirstFourElements_AsTheyWereSent()
    {
        byte[] invite = [1, 2, 3, 4, 5, 6, 7, 8];
        var init = new InitMessage { MinVersion = 1, MaxVersion = 200, InviteId = invite, Noise = new byte[48] };
        var writer = new MessageWriter(new byte[200]);
        var written = init.WritePrologue(ref writer).ToArray();
        writer.WriteBinary(init.Noise);

        var isRead = InitMessage.TryRead(writer.Written, out var read);

        byte[] expected = [0x10, 1, 0xCC, 200, 0xC4, 8, .. invite];
        Assert.That(isRead, Is.True);
        Assert.That(written, Is.EqualTo(expected));
        Assert.That(read.PrologueBytes.ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void PrologueBytes_HoldNil_WithoutAnInvite()
    {
        var writer = new MessageWriter(new byte[200]);
        var written = new InitMessage { MinVersion = 1, MaxVersion = 1 }.WritePrologue(ref writer);

        Assert.That(written.ToArray(), Is.EqualTo(new byte[] { 0x10, 1, 1, 0xC0 }));
    }

    [Test]
    public void SignedBytes_OfAHello_EndBeforeItsSignature()
    {
        var hello = new HelloPayload
        {
            Version = 1,
            EdPublicKey = VectorMessages.Bytes(5, 32),
            Instance = VectorMessages.Bytes(6, 16),
            Kind = InstanceKind.Owner,
            Incarnation = 300,
        };
        var writer = new MessageWriter(new byte[HelloPayload.MaxBytes]);
        var written = hello.WriteSigned(ref writer).ToArray();
        writer.WriteBinary(VectorMessages.Bytes(7, 64));

        var isRead = HelloPayload.TryRead(writer.Written, out var read);

        byte[] expected =
            [1, 0xC4, 32, .. VectorMessages.Bytes(5, 32), 0xC4, 16, .. VectorMessages.Bytes(6, 16), 0, 0xCD, 1, 44];
        Assert.That(isRead, Is.True);
        Assert.That(written, Is.EqualTo(expected));
        Assert.That(read.SignedBytes.ToArray(), Is.EqualTo(expected));
        Assert.That(read.Signature.ToArray(), Is.EqualTo(VectorMessages.Bytes(7, 64)));
    }

    [TestCase(0, 0UL)]
    [TestCase(1, 1UL)]
    [TestCase(2, 0UL)]
    public void Hello_IsRefused_WhenKindAndIncarnationDoNotFit(int kind, ulong incarnation)
    {
        var writer = new MessageWriter(new byte[HelloPayload.MaxBytes]);
        var hello = new HelloPayload
        {
            Version = 1,
            EdPublicKey = new byte[32],
            Instance = new byte[16],
            Kind = (InstanceKind)kind,
            Incarnation = incarnation,
        };
        hello.WriteSigned(ref writer);
        writer.WriteBinary(new byte[64]);

        Assert.That(HelloPayload.TryRead(writer.Written, out _), Is.False);
    }

    [Test]
    public void Hello_OfTheGreatestValues_FitsItsLimit()
    {
        var writer = new MessageWriter(new byte[HelloPayload.MaxBytes]);
        var hello = new HelloPayload
        {
            Version = byte.MaxValue,
            EdPublicKey = new byte[32],
            Instance = new byte[16],
            Kind = InstanceKind.Owner,
            Incarnation = ulong.MaxValue,
        };
        hello.WriteSigned(ref writer);
        writer.WriteBinary(new byte[64]);

        Assert.That(writer.HasOverflowed, Is.False);
    }

    [TestCase(0x15, 0x15)]
    [TestCase(0x7F, 0x7F)]
    [TestCase(0xFF, 0xFF)]
    public void TryReadType_GivesTheType_AlsoOfAnUnknownMessage(int type, int expected)
    {
        var writer = new MessageWriter(new byte[8]);
        writer.WriteArrayHeader(2);
        writer.WriteUnsigned((ulong)type);
        writer.WriteNil();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SessionMessage.TryReadType(writer.Written, out var session), Is.True);
            Assert.That((int)session, Is.EqualTo(expected));
            Assert.That(PreSessionMessage.TryReadType(writer.Written, out var preSession), Is.True);
            Assert.That((int)preSession, Is.EqualTo(expected));
        }
    }

    [TestCase("")]
    [TestCase("90")]
    [TestCase("03")]
    [TestCase("91C0")]
    [TestCase("91CD0100")]
    public void TryReadType_Refuses_WhatHasNone(string bytes)
    {
        var source = Convert.FromHexString(bytes);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SessionMessage.TryReadType(source, out _), Is.False);
            Assert.That(PreSessionMessage.TryReadType(source, out _), Is.False);
        }
    }

    [Test]
    public void Messages_AreRefused_WhenTheyAreGreaterThanTheirLimit()
    {
        var preSession = new MessageWriter(new byte[70_000]);
        new RespMessage { Noise = new byte[WireLimits.MaxPreSessionMessageBytes - 4] }.Write(ref preSession);
        var session = new MessageWriter(new byte[140_000]);
        session.WriteArrayHeader(3);
        session.WriteUnsigned((byte)SessionMessageType.Detach);
        session.WriteUnsigned(1);
        session.WriteBinary(new byte[WireLimits.MaxSessionMessageBytes]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(RespMessage.TryRead(preSession.Written, out _), Is.False);
            Assert.That(DetachMessage.TryRead(session.Written, out _), Is.False);
            Assert.That(SessionMessage.TryReadType(session.Written, out _), Is.False);
        }
    }
}
