using Mesh.Core.Identity;
using Mesh.Core.Sessions;
using Mesh.Core.Trust;
using Mesh.Core.Wire.Messages;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

public sealed class HubJoinTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];

    private readonly SessionLab _lab = new();
    private readonly LabNode _inviter;
    private readonly LabNode _joiner;

    public HubJoinTests()
    {
        _inviter = _lab.Add("inviter");
        _inviter.Local.Key = MeshKey.Create(_inviter.Primitives);
        _joiner = _lab.Add("joiner");
        _inviter.Trust.AddInvite(Secret, Rights.Trace | Rights.Spy | Rights.Post, _lab.Now + TimeSpan.FromHours(1));
    }

    [Test]
    public void Join_MakesBothAcceptEachOther_AndHandsTheMeshKeyOver()
    {
        Join(_joiner, _inviter);

        var meshKey = new byte[32];
        _inviter.Local.Key.CopyTo(meshKey);
        var result = _joiner.Events.Joins.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Outcome, Is.EqualTo(JoinOutcome.Joined));
            Assert.That(result.Name, Is.EqualTo("inviter"));
            Assert.That(result.Rights, Is.EqualTo(Rights.Trace | Rights.Spy | Rights.Post));
            Assert.That(_joiner.Events.MeshKey, Is.EqualTo(meshKey));
            Assert.That(result.MeshKey.ToArray(), Is.All.Zero, "wiped after the event");
            Assert.That(_joiner.Trust[_inviter.Id].Rights, Is.EqualTo(Rights.Trace | Rights.Spy));
            Assert.That(_inviter.Trust[_joiner.Id].Rights, Is.EqualTo(Rights.Trace | Rights.Spy | Rights.Post));
            Assert.That(_joiner.SessionWith(_inviter).Name, Is.EqualTo("inviter"));
            Assert.That(_inviter.SessionWith(_joiner).Name, Is.EqualTo("joiner"));
        }
    }

    [Test]
    public void Join_Works_ForTheSameNodeAgain()
    {
        Join(_joiner, _inviter);
        _lab.Run(3 * Second);

        Join(_joiner, _inviter);

        Assert.That(_joiner.Events.Joins.Select(join => join.Outcome), Is.All.EqualTo(JoinOutcome.Joined));
        Assert.That(_joiner.Events.Joins, Has.Count.EqualTo(2));
        _lab.Run(5 * Second);
        Assert.That(_inviter.Hub.Sessions, Has.Count.EqualTo(1));
    }

    [Test]
    public void Join_IsAlreadyUsed_ForAnotherNode()
    {
        Join(_joiner, _inviter);
        var thief = _lab.Add("thief");

        Join(thief, _inviter);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(thief.Events.Joins.Single().Outcome, Is.EqualTo(JoinOutcome.AlreadyUsed));
            Assert.That(thief.Events.MeshKey, Is.Empty);
            Assert.That(thief.Trust[_inviter.Id].Standing, Is.EqualTo(TrustState.Pending));
            Assert.That(_inviter.Trust[thief.Id].Standing, Is.EqualTo(TrustState.Pending));
        }
    }

    [Test]
    public void Join_IsExpired_WhenTheInvitersTimeIsOver()
    {
        _lab.Sleep(TimeSpan.FromHours(1));

        Join(_joiner, _inviter);

        Assert.That(_joiner.Events.Joins.Single().Outcome, Is.EqualTo(JoinOutcome.Expired));
        Assert.That(_inviter.Trust.Redeemed, Is.Empty);
    }

    [Test]
    public void Join_IsWrongNode_AndNobodyLearnsTheJoiner_WhenAnotherNodeHoldsTheSecret()
    {
        var other = _lab.Add("other");
        other.Trust.AddInvite(Secret, Rights.Trace, _lab.Now + TimeSpan.FromHours(1));

        _joiner.Hub.Join(
            new JoinRequest { Inviter = _inviter.Id, Endpoints = [other.Address], Secret = Secret }, _lab.Now);
        _lab.Run(Second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_joiner.Events.Joins.Single().Outcome, Is.EqualTo(JoinOutcome.WrongNode));
            Assert.That(other.Events.Log, Is.Empty);
            Assert.That(other.Trust.Redeemed, Is.Empty);
            Assert.That(_lab.Sent.Where(sent => sent.IsDiallers).Select(sent => sent.Message[1]), Is.All.EqualTo(0x10));
        }
    }

    [Test]
    public void Join_Succeeds_WhenOneOfTwoAddressesIsSomebodyElse()
    {
        var other = _lab.Add("other");
        other.Trust.AddInvite(Secret, Rights.Trace, _lab.Now + TimeSpan.FromHours(1));

        _joiner.Hub.Join(
            new JoinRequest { Inviter = _inviter.Id, Endpoints = [other.Address, _inviter.Address], Secret = Secret },
            _lab.Now);
        _lab.Run(Second);

        Assert.That(_joiner.Events.Joins.Single().Outcome, Is.EqualTo(JoinOutcome.Joined));
    }

    [Test]
    public void Join_IsNoAnswer_WhenNobodyIsThere()
    {
        _lab.Kill(_inviter);

        Join(_joiner, _inviter);
        Assert.That(_joiner.Events.Joins, Is.Empty);
        _lab.Run(15 * Second);

        Assert.That(_joiner.Events.Joins.Single().Outcome, Is.EqualTo(JoinOutcome.NoAnswer));
        Assert.That(_lab.Connections, Has.Count.InRange(4, 8), "tried again, not too often");
        _lab.Run(60 * Second);
        Assert.That(_joiner.Hub.NextDeadline, Is.EqualTo(TimeSpan.MaxValue), "one shot");
    }

    [Test]
    public void Join_IsNoAnswer_WhenTheInviteIsNotKnown()
    {
        _joiner.Hub.Join(
            new JoinRequest { Inviter = _inviter.Id, Endpoints = [_inviter.Address], Secret = new byte[16] }, _lab.Now);

        _lab.Run(16 * Second);

        Assert.That(_joiner.Events.Joins.Single().Outcome, Is.EqualTo(JoinOutcome.NoAnswer));
        Assert.That(_inviter[HandshakeResult.UnknownInvite], Is.Positive);
    }

    [TestCase("Rejected")]
    [TestCase("Revoked")]
    public void Join_IsRefused_WhenTheInviterHasTurnedTheJoinerDown(string standing)
    {
        _inviter.Trust[_joiner.Id] = new TrustAnswer(Enum.Parse<TrustState>(standing), Rights.None);

        Join(_joiner, _inviter);

        var result = _joiner.Events.Joins.Single();
        Assert.That(result.Outcome, Is.EqualTo(JoinOutcome.Refused));
        Assert.That(result.Code, Is.EqualTo(Enum.Parse<RefuseCode>(standing)));
        Assert.That(_inviter.Trust.Redeemed, Is.Empty);
    }

    [Test]
    public void Join_IsVersion_WhenTheInviterHintsAtOneAndNothingBetterComes()
    {
        _lab.Tamper = (_, isDiallers, message) =>
        {
            if (isDiallers && message[1] == 0x10)
            {
                message[2] = message[3] = 9;
            }

            return message;
        };

        Join(_joiner, _inviter);
        _lab.Run(15 * Second);

        Assert.That(_joiner.Events.Joins.Single().Outcome, Is.EqualTo(JoinOutcome.Version));
        Assert.That(_joiner[SessionCounter.Nack], Is.Positive);
    }

    [Test]
    public void Join_KeepsTheSession_ThatLaterDialsRenew()
    {
        Join(_joiner, _inviter);
        _joiner.Local.Key = _inviter.Local.Key;
        _lab.Break(_lab.Connections[0]);

        _lab.Run(30 * Second);

        Assert.That(_joiner.Hub.Sessions, Has.Count.EqualTo(1));
        Assert.That(_inviter.Hub.Sessions, Has.Count.EqualTo(1));
    }

    [Test]
    public void Join_LeavesNoSession_WhenTheJoinerCannotWriteTheInviterDown()
    {
        _joiner.Trust.IsDiskFull = true;

        Join(_joiner, _inviter);
        _lab.Run(120 * Second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_joiner.Events.Joins.Single().Outcome, Is.EqualTo(JoinOutcome.NotKept));
            Assert.That(_joiner.Events.MeshKey, Is.Empty);
            Assert.That(_joiner.Events.Log, Has.None.StartsWith("opened"));
            Assert.That(_joiner.Hub.Sessions, Is.Empty);
            Assert.That(_inviter.Hub.Sessions, Is.Empty);
            Assert.That(_inviter.Events.Log, Does.Contain("refused joiner Pending"));
            Assert.That(_lab.Connections.Where(one => one.Dialler == _joiner), Has.Exactly(1).Items, "dialled again");
        }
    }

    [Test]
    public void Join_HandsTheNameOfTheMeshOver_WhenItHasNoKey()
    {
        _inviter.Local.Key = MeshKey.FromName(_inviter.Primitives, "lab");

        Join(_joiner, _inviter);

        var result = _joiner.Events.Joins.Single();
        Assert.That((result.Outcome, result.MeshName), Is.EqualTo((JoinOutcome.Joined, "lab")));
        Assert.That(_joiner.Events.MeshKey, Is.Empty);
    }

    [Test]
    public void Join_LeavesNoSession_WhenTheJoinerStaysInAnotherMesh()
    {
        var told = new List<(byte[] Key, string? Name)>();
        _joiner.Hub.Join(
            new JoinRequest
            {
                Inviter = _inviter.Id,
                Endpoints = [_inviter.Address],
                Secret = Secret,
                TakesMesh = (key, name) =>
                {
                    told.Add((key.ToArray(), name));
                    return false;
                },
            },
            _lab.Now);
        _lab.Run(120 * Second);

        var meshKey = new byte[32];
        _inviter.Local.Key.CopyTo(meshKey);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_joiner.Events.Joins.Single().Outcome, Is.EqualTo(JoinOutcome.OtherMesh));
            Assert.That(_joiner.Events.MeshKey, Is.Empty);
            Assert.That(told.Single().Key, Is.EqualTo(meshKey));
            Assert.That(_joiner.Trust[_inviter.Id].Standing, Is.EqualTo(TrustState.Pending));
            Assert.That(_joiner.Hub.Sessions, Is.Empty);
            Assert.That(_inviter.Events.Log, Does.Contain("refused joiner Pending"));
        }
    }

    [Test]
    public void Join_Works_WhenTheDiskIsMendedAndTheSameNodeTriesAgain()
    {
        _joiner.Trust.IsDiskFull = true;
        Join(_joiner, _inviter);
        _lab.Run(3 * Second);
        _joiner.Trust.IsDiskFull = false;

        Join(_joiner, _inviter);

        Assert.That(
            _joiner.Events.Joins.Select(join => join.Outcome),
            Is.EqualTo(new[] { JoinOutcome.NotKept, JoinOutcome.Joined }));
        Assert.That(_joiner.SessionWith(_inviter).Name, Is.EqualTo("inviter"));
    }

    [Test]
    public void Join_KeepsTheSecret_UntilItIsOver_WhateverTheCallerWipes()
    {
        byte[] secret = [.. Secret];
        _joiner.Hub.Join(
            new JoinRequest { Inviter = _inviter.Id, Endpoints = [_inviter.Address], Secret = secret }, _lab.Now);
        secret.AsSpan().Clear();

        _lab.Run(Second);

        Assert.That(_joiner.Events.Joins.Single().Outcome, Is.EqualTo(JoinOutcome.Joined));
    }

    private void Join(LabNode joiner, LabNode inviter)
    {
        joiner.Hub.Join(
            new JoinRequest { Inviter = inviter.Id, Endpoints = [inviter.Address], Secret = Secret }, _lab.Now);
        _lab.Run(Second);
    }
}
