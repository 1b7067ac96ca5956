using Mesh.Core.Sessions;
using Mesh.Core.Trust;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Messages;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

public sealed class SessionBulkTests
{
    private const int FrameBytes = 10_000;

    [Test]
    public void Flush_StopsAtTheCredit_AndGoesOnWhenItComesBack()
    {
        var pair = SessionPair.Opened();
        var source = new FrameSource(200);
        pair.Left.Bulk = source;
        pair.Left.BulkReady();
        FlushAll(pair.Left, pair.Now);

        // 256 KiB, nothing acknowledged.
        Assert.That(source.ProducedBytes, Is.InRange(256 * 1024 - FrameBytes - 20, 256 * 1024));
        Assert.That(pair.LeftLink.Sent, Has.Count.EqualTo(26));

        // Seven frames are more than 64 KiB: one CREDIT.
        for (var count = 0; count < 7; count++)
        {
            pair.Receive(pair.Right, pair.LeftLink.Sent.Dequeue());
        }

        pair.Right.Flush(pair.Now);
        Assert.That(pair.RightLink.Sent, Has.Count.EqualTo(1));
        pair.Receive(pair.Left, pair.RightLink.Sent.Dequeue());
        FlushAll(pair.Left, pair.Now);
        Assert.That(pair.LeftLink.Sent, Has.Count.EqualTo(26 - 7 + 7));

        pair.Exchange();
        Assert.That(pair.Facts.Count(fact => fact == "right Frame"), Is.EqualTo(200));
    }

    [Test]
    public void Flush_SendsControlBeforeBulk()
    {
        var pair = SessionPair.Opened();
        pair.Left.Bulk = new FrameSource(20);
        pair.Left.BulkReady();
        pair.Left.TrySend([0x92, (byte)SessionMessageType.Detach, 1]);

        pair.Exchange();

        Assert.That(pair.Facts[0], Is.EqualTo("right Detach"));
        Assert.That(pair.Facts, Has.Count.EqualTo(21));
    }

    [Test]
    public void Flush_LetsControlThrough_WhenTheCreditIsUsedUp()
    {
        var pair = SessionPair.Opened();
        pair.Left.Bulk = new FrameSource(100);
        pair.Left.BulkReady();
        FlushAll(pair.Left, pair.Now);
        var waiting = pair.LeftLink.Sent.Count;

        pair.Left.TrySend([0x92, (byte)SessionMessageType.Detach, 1]);
        pair.Left.Flush(pair.Now);

        Assert.That(pair.LeftLink.Sent, Has.Count.EqualTo(waiting + 1));
    }

    [Test]
    public void Flush_OffersTheSameBulkAgain_WhenTheLinkHasNoRoom()
    {
        var pair = SessionPair.Opened();
        var source = new FrameSource(3);
        pair.Left.Bulk = source;
        pair.Left.BulkReady();
        pair.LeftLink.Answer = LinkSend.Again;
        pair.Left.Flush(pair.Now);
        pair.Left.Flush(pair.Now);
        Assert.That(source.ProducedCount, Is.EqualTo(1));

        pair.LeftLink.Answer = LinkSend.Sent;
        pair.Exchange();

        Assert.That(pair.Facts.Count(fact => fact == "right Frame"), Is.EqualTo(3));
    }

    [Test]
    public void Flush_AsksTheSourceAgain_OnlyWhenThereIsMore()
    {
        var pair = SessionPair.Opened();
        var source = new FrameSource(1);
        pair.Left.Bulk = source;
        pair.Left.BulkReady();
        pair.Exchange();
        var asked = source.AskedCount;

        pair.Left.Flush(pair.Now);
        Assert.That(source.AskedCount, Is.EqualTo(asked));

        source.Add(1);
        pair.Left.BulkReady();
        pair.Exchange();
        Assert.That(source.ProducedCount, Is.EqualTo(2));
    }

    [Test]
    public void Receive_AcknowledgesOnceFor64KiB()
    {
        var pair = SessionPair.Opened();
        pair.RightLink.Offered.Clear();
        pair.Left.Bulk = new FrameSource(200);
        pair.Left.BulkReady();

        pair.Exchange();

        // 7 frames of 10,007 bytes are the first that reach 64 KiB.
        Assert.That(pair.RightLink.Offered, Has.Count.EqualTo(200 / 7));
    }

    [Test]
    public void Receive_ClosesTheSession_WhenMoreIsAcknowledgedThanWasSent()
    {
        var pair = SessionPair.Opened();
        pair.Right.TrySend([0x92, (byte)SessionMessageType.Credit, 1]);

        pair.Exchange();

        Assert.That(pair.Left.End, Is.EqualTo(SessionEnd.CreditBroken));
    }

    [Test]
    public void FlushAndReceive_AllocateNothing_ForAFrame()
    {
        var pair = SessionPair.Opened();
        pair.Left.Bulk = new FrameSource(10_000);
        pair.LeftLink.Carry = message => SealedMessage.TryRead(message, out var carried)
            && pair.Right.Receive(carried.Ciphertext, default, out _, out _) == SessionFact.Message;
        pair.RightLink.Carry = message => SealedMessage.TryRead(message, out var carried)
            && pair.Left.Receive(carried.Ciphertext, default, out _, out _) == SessionFact.None;

        var bytes = AllocatedBytes.Of(() =>
        {
            pair.Left.BulkReady();
            pair.Left.Flush(default);
            pair.Right.Flush(default);
        });

        Assert.That(pair.Right.Traffic.ReceivedCount, Is.GreaterThan(600), "about seven frames a round");
        Assert.That(bytes, Is.Zero);
    }

    [Test]
    public void TrySend_Refuses_WhatIsLongerThanThePeerTakes()
    {
        var pair = new SessionPair();
        pair.Left.Welcome(SessionPair.WelcomeOf("left", Rights.Trace));
        pair.Right.Welcome(SessionPair.WelcomeOf(
            "right", Rights.Trace, SessionLimits.Default with { MaxMessageBytes = 2000 }));
        pair.Exchange();

        Assert.That(pair.Left.TrySend(new byte[2001]), Is.False);
        Assert.That(pair.Left.State, Is.EqualTo(SessionState.Open));
    }

    private static void FlushAll(Session session, TimeSpan now)
    {
        for (var count = 0; count < 10; count++)
        {
            session.Flush(now);
        }
    }

    /// <summary>Has a number of frames to give.</summary>
    private sealed class FrameSource(int count) : IBulkSource
    {
        private static readonly byte[] Content = new byte[FrameBytes];

        private int _left = count;

        public int AskedCount { get; private set; }

        public int ProducedCount { get; private set; }

        public int ProducedBytes { get; private set; }

        public void Add(int more) => _left += more;

        public bool TryProduce(Span<byte> destination, TimeSpan now, out int length)
        {
            AskedCount++;
            length = 0;
            if (_left == 0 || destination.Length < FrameBytes + 8)
            {
                return false;
            }

            _left--;
            var writer = new MessageWriter(destination);
            new FrameMessage { Request = 1, Frame = Content }.Write(ref writer);
            length = writer.Position;
            ProducedCount++;
            ProducedBytes += length;
            return true;
        }
    }
}
