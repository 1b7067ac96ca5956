using Mesh.Core.Runtime;
using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Trust;
using Mesh.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

/// <summary>The hub with the real trust store and invites behind it.</summary>
public sealed class HubAcceptModeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly SessionLab _lab = new();
    private NodeTrust _trust = null!;

    [TestCase("Never", 0)]
    [TestCase("Once", 1)]
    [TestCase("Always", 3)]
    public void Poll_LetsStrangersIn_AsTheModeSays(string mode, int expected)
    {
        var host = AddHost(Enum.Parse<AcceptMode>(mode));

        var strangers = Call(host, 3);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(host.Hub.Sessions, Has.Count.EqualTo(expected));
            Assert.That(_trust.Store.Accepted.Count(), Is.EqualTo(expected));
            Assert.That(_trust.Store.Pending, Has.Count.EqualTo(3 - expected));
            Assert.That(host.Hub.Sessions.Select(session => session.RightsGiven), Is.All.EqualTo(Rights.Watch));
            Assert.That(
                _trust.Store.Pending.Select(row => row.Name),
                Is.EqualTo(strangers.Skip(expected).Select(stranger => stranger.Plan.Name)));
        }
    }

    [Test]
    public void Poll_LetsNobodyIn_WhenTheFirstTenMinutesAreOver()
    {
        var host = AddHost(AcceptMode.Once);
        _lab.Run(TimeSpan.FromMinutes(10));

        Call(host, 1);

        Assert.That(host.Hub.Sessions, Is.Empty);
    }

    [TestCase("Rejected")]
    [TestCase("Revoked")]
    public void Poll_LetsNobodyIn_WhomAPersonTurnedDown_WhateverTheMode(string state)
    {
        var host = AddHost(AcceptMode.Always);
        var stranger = Call(host, 1).Single();
        Assert.That(host.Hub.Sessions, Has.Count.EqualTo(1));

        _trust.Store.Decide(stranger.Id, Enum.Parse<TrustState>(state), Rights.None);
        host.Hub.TrustChanged(stranger.Id, _lab.Now);
        _lab.Run(TimeSpan.FromMinutes(5));

        Assert.That(host.Hub.Sessions, Is.Empty);
        Assert.That(host[SessionCounter.NotTrusted], Is.Positive, "it asked again");
    }

    [Test]
    public void Join_UsesNoAcceptanceUp_AndGivesTheInvitesRights()
    {
        var host = AddHost(AcceptMode.Once);
        using var secret = _trust.Invites.Create(TimeSpan.FromHours(1), Rights.Watch | Rights.Call, _lab.Now);
        var joiner = _lab.Add("joiner");

        joiner.Hub.Join(
            new JoinRequest { Inviter = host.Id, Endpoints = [host.Address], Secret = secret.Span.ToArray() },
            _lab.Now);
        _lab.Run(Second);
        Call(host, 1);

        Assert.That(joiner.Events.Joins.Single().Rights, Is.EqualTo(Rights.Watch | Rights.Call));
        Assert.That(host.Hub.Sessions, Has.Count.EqualTo(2));
    }

    private LabNode AddHost(AcceptMode mode) => _lab.Add("host", plan => plan with
    {
        Door = self => _trust = new NodeTrust(
            new TrustStore(self, new MemoryTrustFiles(), new ManualTimeProvider())
            {
                Mode = mode,
                StartedAt = _lab.Now,
            },
            new InviteStore(PrimitivesProvider.Load()),
            NullLogger.Instance)
        {
            MayWrite = true,
        },
    });

    private List<LabNode> Call(LabNode host, int count)
    {
        var strangers = new List<LabNode>();
        for (var index = 0; index < count; index++)
        {
            var stranger = _lab.Add($"stranger{index}");
            stranger.Trust.Accept(host.Id);
            stranger.Hub.AddPeer(host.Id, [host.Address], _lab.Now);
            strangers.Add(stranger);
            _lab.Run(Second);
        }

        return strangers;
    }
}
