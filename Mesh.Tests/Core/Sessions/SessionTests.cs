using Mesh.Core.Sessions;
using Mesh.Core.Trust;
using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Messages;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

public sealed class SessionTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static byte[] Detach => [0x92, (byte)SessionMessageType.Detach, 1];

    [Test]
    public void Receive_OpensBothSides_WhenBothSayWelcome()
    {
        var pair = new SessionPair();
        pair.Left.Welcome(SessionPair.WelcomeOf("left", Rights.Trace));
        pair.Right.Welcome(SessionPair.WelcomeOf("right", Rights.Trace | Rights.Spy));
        Assert.That(pair.Left.TrySend(Detach), Is.False, "not before it is open");

        pair.Exchange();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pair.Facts, Is.EquivalentTo(["left Opened", "right Opened"]));
            Assert.That(pair.Left.State, Is.EqualTo(SessionState.Open));
            Assert.That(pair.Right.Name, Is.EqualTo("left"));
            Assert.That(pair.Left.RightsHeld, Is.EqualTo(Rights.Trace | Rights.Spy));
            Assert.That(pair.Left.RightsGiven, Is.EqualTo(Rights.Trace));
            Assert.That(pair.Left.FramePort, Is.EqualTo(21751));
        }
    }

    [Test]
    public void Receive_TellsTheNameAndCloses_WhenTheOtherSideRefused()
    {
        var pair = new SessionPair();
        pair.Left.Welcome(SessionPair.WelcomeOf("left", Rights.Trace));
        pair.Right.Refuse(new RefuseMessage(RefuseCode.Pending, 5000, 0, ""), pair.Now);

        pair.Exchange();
        pair.Run(Second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pair.Facts, Is.EqualTo(["right Introduced", "left Ended"]));
            Assert.That(pair.Right.Name, Is.EqualTo("left"));
            Assert.That(pair.Right.End, Is.EqualTo(SessionEnd.RefusedHere));
            Assert.That(pair.Left.End, Is.EqualTo(SessionEnd.RefusedThere));
            Assert.That(pair.Left.Refusal.RetryAfterMs, Is.EqualTo(5000));
            Assert.That(pair.Left.Name, Is.Empty);
            Assert.That(pair.LeftLink.IsClosed && pair.RightLink.IsClosed, Is.True);
        }
    }

    [Test]
    public void Receive_ClosesTheSession_WhenTheFirstMessageIsAnother()
    {
        var pair = new SessionPair();
        pair.Left.Bye(RefuseCode.ShuttingDown, "", SessionEnd.Closed, pair.Now);
        pair.Right.Welcome(SessionPair.WelcomeOf("right", Rights.Trace));

        pair.Exchange();

        Assert.That(pair.Right.End, Is.EqualTo(SessionEnd.Malformed));
    }

    [Test]
    public void Receive_ClosesTheSession_WhenWelcomeComesTwice()
    {
        var pair = SessionPair.Opened();
        var bytes = new byte[256];
        var writer = new MessageWriter(bytes);
        SessionPair.WelcomeOf("again", Rights.Admin).Write(ref writer);
        pair.Left.TrySend(writer.Written);

        pair.Exchange();

        Assert.That(pair.Right.End, Is.EqualTo(SessionEnd.Malformed));
        Assert.That(pair.Left.End, Is.EqualTo(SessionEnd.Dropped), "told of the fault, to dial again");
    }

    [Test]
    public void Receive_HandsTheOwnersMessagesOver_InOrder()
    {
        var pair = SessionPair.Opened();
        pair.Left.TrySend([0x93, (byte)SessionMessageType.Attach, 1, 3]);
        pair.Left.TrySend(Detach);
        pair.Right.TrySend([0x95, (byte)SessionMessageType.Error, 0, 1, 2, 0xA0]);

        pair.Exchange();

        Assert.That(pair.Facts, Is.EquivalentTo(["right Attach", "right Detach", "left Error"]));
        Assert.That(pair.Facts.IndexOf("right Attach"), Is.LessThan(pair.Facts.IndexOf("right Detach")));
    }

    [TestCase(0x09)]
    [TestCase(0x0F)]
    [TestCase(0x1B)]
    [TestCase(0x7F)]
    public void Receive_AnswersByAnError_WhenTheTypeIsUnknown(byte type)
    {
        var pair = SessionPair.Opened();
        pair.Left.TrySend([0x91, type]);

        pair.Exchange();

        Assert.That(pair.Facts, Is.EqualTo(["left Error"]));
        Assert.That(ErrorMessage.TryRead(pair.LastMessage, out var error), Is.True);
        Assert.That(error, Is.EqualTo(new ErrorMessage(0, (SessionMessageType)type, SessionErrorCode.UnknownType, "")));
        Assert.That(pair.Right.Traffic.UnknownCount, Is.EqualTo(1));
    }

    [TestCase(0x80)]
    [TestCase(0xFF)]
    public void Receive_ClosesTheSession_WhenTheTypeMustBeKnown(byte type)
    {
        var pair = SessionPair.Opened();
        pair.Left.TrySend([0x91, 0xCC, type]);

        pair.Exchange();

        Assert.That(pair.Right.End, Is.EqualTo(SessionEnd.Malformed));
    }

    [Test]
    public void Receive_ClosesTheSession_WhenAnyBitIsFlipped()
    {
        var message = SealOne(out var bits);
        for (var bit = 0; bit < bits; bit++)
        {
            var pair = SessionPair.Opened();
            var changed = (byte[])message.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            pair.Receive(pair.Right, changed);

            Assert.That(pair.Right.End, Is.EqualTo(SessionEnd.Forged), $"bit {bit}");
        }
    }

    [Test]
    public void Receive_ClosesTheSession_WhenAMessageIsRepeated()
    {
        var pair = SessionPair.Opened();
        pair.Left.TrySend(Detach);
        pair.Left.Flush(pair.Now);
        var message = pair.LeftLink.Sent.Dequeue();

        Assert.That(pair.Receive(pair.Right, message), Is.EqualTo(SessionFact.Message));
        Assert.That(pair.Receive(pair.Right, message), Is.EqualTo(SessionFact.Ended));

        Assert.That(pair.Right.End, Is.EqualTo(SessionEnd.Forged));
    }

    [Test]
    public void Receive_ClosesTheSession_WhenAMessageIsMissing()
    {
        var pair = SessionPair.Opened();
        pair.Left.TrySend(Detach);
        pair.Left.TrySend(Detach);
        pair.Left.Flush(pair.Now);
        pair.LeftLink.Sent.Dequeue();

        pair.Exchange();

        Assert.That(pair.Right.End, Is.EqualTo(SessionEnd.Forged));
    }

    [Test]
    public void Flush_OffersTheSameBytesAgain_WhenTheLinkHasNoRoom()
    {
        var pair = SessionPair.Opened();
        pair.LeftLink.Offered.Clear();
        pair.LeftLink.Answer = LinkSend.Again;
        pair.Left.TrySend(Detach);
        pair.Left.TrySend([0x93, (byte)SessionMessageType.Attach, 1, 3]);
        for (var count = 0; count < 5; count++)
        {
            pair.Left.Flush(pair.Now);
        }

        Assert.That(pair.LeftLink.Offered, Has.Count.EqualTo(5));
        Assert.That(pair.LeftLink.Offered.Distinct(new RoutingIdComparer()).Count(), Is.EqualTo(1));
        Assert.That(pair.Left.NextDeadline, Is.EqualTo(pair.Now + pair.Options.SendRetry));

        // A ping that is due meanwhile makes nobody hurry.
        pair.Now += 2 * Second;
        pair.Left.Poll(pair.Now);
        Assert.That(pair.Left.NextDeadline, Is.EqualTo(pair.Now + pair.Options.SendRetry));

        pair.LeftLink.Answer = LinkSend.Sent;
        pair.Exchange();

        Assert.That(pair.Facts, Is.EqualTo(["right Detach", "right Attach"]));
    }

    [Test]
    public void Flush_EndsTheSession_WhenTheLinkIsGone()
    {
        var pair = SessionPair.Opened();
        pair.LeftLink.Answer = LinkSend.Closed;
        pair.Left.TrySend(Detach);

        pair.Left.Flush(pair.Now);

        Assert.That(pair.Left.End, Is.EqualTo(SessionEnd.LinkClosed));
    }

    [Test]
    public void TrySend_EndsTheSession_WhenTooMuchWaits()
    {
        var pair = SessionPair.Opened();
        pair.LeftLink.Answer = LinkSend.Again;
        var message = new byte[WireLimits.MaxSessionMessageBytes];
        Detach.CopyTo(message, 0);

        var taken = 0;
        while (taken < 1000 && pair.Left.TrySend(message))
        {
            taken++;
        }

        Assert.That((long)taken * message.Length, Is.InRange(7_900_000, pair.Options.MaxQueuedBytes));
        Assert.That(pair.Left.End, Is.EqualTo(SessionEnd.QueueFull));
        Assert.That(pair.Left.QueuedBytes, Is.Zero);
    }

    [Test]
    public void Fault_LeavesTheLinkOpenForItsLastWord_AndHearsNothingMore()
    {
        var pair = SessionPair.Opened();
        pair.Receive(pair.Right, [0x92, 0x20, 0xC4, 0x00]);
        pair.Right.Flush(pair.Now);
        pair.Left.TrySend(Detach);
        pair.Left.Flush(pair.Now);

        Assert.That(pair.Receive(pair.Right, pair.LeftLink.Sent.Dequeue()), Is.EqualTo(SessionFact.None));
        Assert.That(pair.RightLink.IsClosed, Is.False);
        Assert.That(pair.RightLink.Sent, Has.Count.EqualTo(1));

        pair.Now += Second;
        pair.Right.Poll(pair.Now);
        Assert.That(pair.RightLink.IsClosed, Is.True);
        Assert.That(pair.Right.End, Is.EqualTo(SessionEnd.Forged));
    }

    [Test]
    public void ChangeRights_TellsThePeer()
    {
        var pair = SessionPair.Opened();

        pair.Right.ChangeRights(Rights.Trace | Rights.Call);
        pair.Right.ChangeRights(Rights.Trace | Rights.Call);
        pair.Exchange();

        Assert.That(pair.Facts, Is.EqualTo(["left RightsChanged"]));
        Assert.That(pair.Left.RightsHeld, Is.EqualTo(Rights.Trace | Rights.Call));
    }

    [TestCase(RefuseCode.ShuttingDown, "Left")]
    [TestCase(RefuseCode.Revoked, "Left")]
    [TestCase(RefuseCode.DuplicateSession, "Duplicate")]
    [TestCase(RefuseCode.Busy, "Dropped")]
    public void Bye_EndsBothSides_WithTheirOwnReasons(object code, string expected)
    {
        var pair = SessionPair.Opened();

        pair.Left.Bye((RefuseCode)code, "", SessionEnd.Closed, pair.Now);
        Assert.That(pair.Left.State, Is.EqualTo(SessionState.Closing));
        pair.Exchange();
        pair.Run(Second);

        Assert.That(pair.Right.End.ToString(), Is.EqualTo(expected));
        Assert.That(pair.Left.End, Is.EqualTo(SessionEnd.Closed));
        Assert.That(pair.LeftLink.IsClosed && pair.RightLink.IsClosed, Is.True);
    }

    [Test]
    public void Poll_EndsTheSession_WhenTheFirstWordDoesNotCome()
    {
        var pair = new SessionPair();
        pair.Left.Welcome(SessionPair.WelcomeOf("left", Rights.Trace));
        Assert.That(pair.Left.NextDeadline, Is.EqualTo(pair.Options.HandshakeTimeout));

        pair.Left.Poll(pair.Options.HandshakeTimeout);

        Assert.That(pair.Left.End, Is.EqualTo(SessionEnd.Unanswered));
    }

    [Test]
    public void Receive_DoesNotThrow_WhateverOpens([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var pair = SessionPair.Opened();
            var message = new byte[random.Next(0, 60)];
            random.NextBytes(message);
            if (message.Length > 1)
            {
                message[0] = (byte)(0x90 + random.Next(1, 9));
                message[1] = (byte)random.Next(0, 0x1C);
            }

            pair.Left.TrySend(message);
            Assert.That(pair.Exchange, Throws.Nothing, $"seed {seed} round {round}");
        }
    }

    private static byte[] SealOne(out int bits)
    {
        var pair = SessionPair.Opened();
        pair.Left.TrySend(Detach);
        pair.Left.Flush(pair.Now);
        var message = pair.LeftLink.Sent.Dequeue();
        bits = message.Length * 8;
        return message;
    }
}
