using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Sessions;
using Mesh.Core.Wire.Messages;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

public sealed class HubAttackTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly SessionLab _lab = new();
    private readonly LabNode _one;
    private readonly LabNode _two;

    public HubAttackTests()
    {
        _one = _lab.Add("one");
        _two = _lab.Add("two");
        _lab.Introduce(_one, _two);
    }

    [Test]
    public void ReceiveRouted_HoldsFewHandshakesOpen_HoweverManyBegin()
    {
        var inits = Inits(400);
        var admitted = 0;
        for (var index = 0; index < inits.Count; index++)
        {
            var before = _two[HandshakeResult.Passed];
            var address = new IPAddress([10, 9, (byte)(index / 200), (byte)(index % 200)]);
            _two.Hub.ReceiveRouted(inits[index].RoutingId, address, inits[index].Message, _lab.Now);
            admitted += _two[HandshakeResult.Passed] > before ? 1 : 0;
        }

        Assert.That(admitted, Is.EqualTo(48), "64 less the reserve for friends");
        Assert.That(_two[SessionCounter.Busy], Is.EqualTo(400 - 48));

        _lab.Run(4 * Second);
        Assert.That(_two[SessionCounter.HandshakeTimeout], Is.EqualTo(48));
    }

    [Test]
    public void ReceiveRouted_MakesAtMost50AgreementsASecond_ForStrangers()
    {
        var inits = Inits(600);
        var begun = _lab.Now;
        var count = 0;
        while (count < inits.Count)
        {
            foreach (var (routingId, message) in inits.Skip(count).Take(20))
            {
                _two.Hub.ReceiveRouted(routingId, null, message, _lab.Now);
            }

            count += 20;
            _lab.Run(0.2 * Second);
        }

        var seconds = (_lab.Now - begun).TotalSeconds;
        Assert.That(_two[HandshakeResult.Passed], Is.LessThanOrEqualTo((seconds + 1) * 50));
        Assert.That(_two[SessionCounter.Busy], Is.Positive);
    }

    [Test]
    public void ReceiveRouted_LetsOneAddressHaveFewHandshakes()
    {
        foreach (var (routingId, message) in Inits(30))
        {
            _two.Hub.ReceiveRouted(routingId, IPAddress.Parse("10.9.9.9"), message, _lab.Now);
        }

        Assert.That(_two[HandshakeResult.Passed], Is.EqualTo(8));
    }

    [Test]
    public void ReceiveRouted_LetsAFriendIn_WhileStrangersFlood()
    {
        var friend = _lab.Add("friend");
        _lab.Introduce(friend, _two);
        _lab.Run(Second);
        _lab.Break(_lab.Connections.Last(connection => connection.Dialler == friend));
        var inits = Inits(3000);
        var next = 0;

        for (var step = 0; step < 100; step++)
        {
            for (var count = 0; count < 30; count++, next++)
            {
                var address = new IPAddress([10, 9, (byte)(next / 200), (byte)(next % 200)]);
                _two.Hub.ReceiveRouted(inits[next].RoutingId, address, inits[next].Message, _lab.Now);
            }

            _lab.Run(0.03 * Second);
        }

        Assert.That(friend.Events.Open, Has.Count.EqualTo(1));
        Assert.That(_two[SessionCounter.Busy], Is.GreaterThan(2000));
    }

    [Test]
    public void ReceiveRouted_CostsNoAgreement_WhoHasNoMeshKey()
    {
        var outsider = _lab.Add(
            "outsider", plan => plan with { Key = MeshKey.FromName(_two.Primitives, "elsewhere") });
        outsider.Hub.AddStatic(_two.Address, _lab.Now);

        _lab.Run(Second);

        Assert.That(_two[HandshakeResult.NotOpened], Is.EqualTo(1));
        var answers = _lab.Sent.Where(sent => sent.Connection.Dialler == outsider && !sent.IsDiallers);
        Assert.That(answers, Is.Empty);
    }

    [Test]
    public void Receive_LeavesOtherSessionsAlone_WhenMessagesAreReplayed([Values(0, 60, 86400)] int later)
    {
        var received = 0;
        _two.Events.OnMessage = (_, type, _) => received += type == SessionMessageType.Ping ? 0 : 1;
        _lab.Run(0.5 * Second);
        _one.SessionWith(_two).TrySend([0x92, 0x1A, 1]);
        _lab.Run(0.01 * Second);
        Assert.That(received, Is.EqualTo(1));
        var recorded = _lab.Sent.Where(sent => sent.IsDiallers).ToList();
        _lab.Sleep(later * Second);
        _lab.Run(20 * Second);

        received = 0;
        var trusted = _two.Trust.Redeemed.Count;
        foreach (var (_, _, message) in recorded)
        {
            // On connections of the attacker's own: the old Init opens a handshake that nobody can finish.
            _two.Hub.ReceiveRouted([9, 9, 9], IPAddress.Parse("10.9.9.9"), message, _lab.Now);
            _two.Hub.ReceiveRouted([8, 8, 8], IPAddress.Parse("10.9.9.9"), message, _lab.Now);
        }

        _lab.Run(0.5 * Second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(received, Is.Zero);
            Assert.That(_two.Trust.Redeemed, Has.Count.EqualTo(trusted));
            Assert.That(_two.Hub.Sessions, Has.Count.EqualTo(1));
            Assert.That(_one.Hub.Sessions, Has.Count.EqualTo(1));
            Assert.That(_two[HandshakeResult.NotOpened], Is.EqualTo(2), "Fin, twice");
        }
    }

    [Test]
    public void Receive_EndsTheSessionAndDialsAgain_WhenASealedMessageIsChanged()
    {
        _lab.Run(3 * Second);
        _lab.Tamper = (_, isDiallers, message) =>
        {
            if (isDiallers && message[1] == 0x20)
            {
                message[^1] ^= 1;
                _lab.Tamper = null;
            }

            return message;
        };

        _lab.Run(2 * Second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_two.Events.Log, Does.Contain("closed one Forged"));
            Assert.That(_one.Events.Log, Does.Contain("closed two Dropped"), "told at once");
            Assert.That(_two[SessionCounter.Broken], Is.EqualTo(1));
            Assert.That(_one.Hub.Sessions, Has.Count.EqualTo(1));
            Assert.That(_two.Hub.Sessions, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void Receive_NeverOpensASession_WhileAHandshakeMessageIsChanged([Values(0x10, 0x11, 0x12)] int type)
    {
        var random = new Random(type);
        _lab.Tamper = (_, _, message) =>
        {
            if (message[1] == type)
            {
                message[random.Next(2, message.Length)] ^= (byte)(1 << random.Next(8));
            }

            return message;
        };

        _lab.Run(TimeSpan.FromMinutes(5));
        Assert.That(_one.Events.Open.Count + _two.Events.Open.Count, Is.Zero);

        _lab.Tamper = null;
        Assert.That(_lab.RunUntil(() => _two.Events.Open.Count == 1, 31 * Second), Is.True);
    }

    [Test]
    public void ReceiveRouted_DoesNotThrow_WhateverComes([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        _lab.Run(0.5 * Second);
        var real = _lab.Sent.Select(sent => sent.Message).ToList();

        for (var round = 0; round < 2000; round++)
        {
            var message = (byte[])real[random.Next(real.Count)].Clone();
            for (var count = random.Next(1, 4); count > 0; count--)
            {
                message[random.Next(message.Length)] = (byte)random.Next(256);
            }

            var routingId = new byte[] { 7, (byte)random.Next(20) };
            var length = random.Next(message.Length + 1);
            Assert.That(
                () => _two.Hub.ReceiveRouted(routingId, null, message.AsSpan(0, length), _lab.Now),
                Throws.Nothing,
                $"seed {seed} round {round}");
            Assert.That(
                () => _one.Hub.ReceiveDialled(new RecordingLink(), message, _lab.Now), Throws.Nothing);
        }

        _lab.Run(5 * Second);
        Assert.That(_two.Hub.Sessions, Has.Count.EqualTo(1));
        Assert.That(_two.Events.Ended, Is.Empty);
    }

    [Test]
    public void ReceiveNack_ChangesNothingButTheText()
    {
        _lab.Tamper = (connection, isDiallers, message) =>
        {
            if (isDiallers && message[1] == 0x10)
            {
                _lab.Send(connection, false, [0x94, 0x13, 1, 1, 1]);
                _lab.Send(connection, false, [0x94, 0x13, 1, 1, 1]);
            }

            return message;
        };

        _lab.Run(Second);

        Assert.That(_one.Hub.Sessions, Has.Count.EqualTo(1));
        Assert.That(_one[SessionCounter.Nack], Is.EqualTo(2));
    }

    private List<(byte[] RoutingId, byte[] Message)> Inits(int count)
    {
        var stranger = _lab.Add("stranger");
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            using var handshake = new InitiatorHandshake(stranger.Primitives, stranger.Local, null);
            return (new byte[] { 5, (byte)(index >> 8), (byte)index }, handshake.Init.ToArray());
        })];
    }
}
