using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Trust;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Trust;

public sealed class TrustStoreTests
{
    private static readonly NodeId Self = Id(1);
    private static readonly NodeId Stranger = Id(2);
    private static readonly NodeId Other = Id(3);

    private readonly MemoryTrustFiles _files = new();
    private readonly ManualTimeProvider _time = new();

    [Test]
    public void Judge_GivesEverything_ToTheNodeItself() =>
        Assert.That(Store().Judge(Self, TimeSpan.Zero), Is.EqualTo((TrustState.Accepted, Rights.All)));

    [Test]
    public void Judge_LeavesStrangersPending_WhenTheModeIsNever() =>
        Assert.That(Store().Judge(Stranger, TimeSpan.Zero), Is.EqualTo((TrustState.Pending, Rights.None)));

    [Test]
    public void Judge_AcceptsTheFirstStrangerAlone_WhenTheModeIsOnce()
    {
        var store = Store(AcceptMode.Once);

        var first = store.Judge(Stranger, TimeSpan.FromMinutes(9));
        var second = store.Judge(Other, TimeSpan.FromMinutes(9));

        Assert.That((first, second), Is.EqualTo(
            ((TrustState.Accepted, Rights.Watch), (TrustState.Pending, Rights.None))));
    }

    [Test]
    public void Judge_AcceptsNobody_WhenTheModeIsOnceAndTenMinutesHavePassed() =>
        Assert.That(
            Store(AcceptMode.Once).Judge(Stranger, TimeSpan.FromMinutes(10)).State, Is.EqualTo(TrustState.Pending));

    [TestCase(AcceptMode.Once), TestCase(AcceptMode.Always)]
    public void Judge_LiftsNoRejection_WhateverTheMode(AcceptMode mode)
    {
        var store = Store(mode);
        store.Decide(Stranger, TrustState.Rejected, Rights.None);
        store.Decide(Other, TrustState.Revoked, Rights.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(store.Judge(Stranger, TimeSpan.Zero).State, Is.EqualTo(TrustState.Rejected));
            Assert.That(store.Judge(Other, TimeSpan.Zero).State, Is.EqualTo(TrustState.Revoked));
        }
    }

    [Test]
    public void Reload_TakesUpWhatAnotherProcessDecided_AndNamesWhoStandsOtherwise()
    {
        var owner = Store();
        owner.Decide(Stranger, TrustState.Accepted, Rights.Watch);
        var guest = Store();
        guest.NotePending(Other, "win");
        owner.Decide(Other, TrustState.Accepted, Rights.Trace);
        owner.Forget(Stranger);

        var changed = guest.Reload();
        var again = guest.Reload();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(changed, Is.EquivalentTo(new[] { Stranger, Other }));
            Assert.That(again, Is.Empty);
            Assert.That(guest.Find(Stranger), Is.Null);
            Assert.That(guest.Find(Other)?.Rights, Is.EqualTo(Rights.Trace));
            Assert.That(guest.Pending, Is.Empty);
        }
    }

    [Test]
    public void Decide_IsKept_AcrossARestart()
    {
        var store = Store();
        store.Decide(Stranger, TrustState.Accepted, Rights.Trace, "pi");
        store.Learn(Stranger, "pi", new IPEndPoint(IPAddress.Parse("10.0.0.7"), 21750), 42);
        store.Learn(Stranger, "pi", new IPEndPoint(IPAddress.Parse("fe80::7"), 21750), 41);

        var again = Store().Find(Stranger)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((again.Name, again.State, again.Rights, again.Incarnation),
                Is.EqualTo(("pi", TrustState.Accepted, Rights.Trace, 42ul)));
            Assert.That(again.Endpoints.Select(endpoint => endpoint.ToString()),
                Is.EqualTo(new[] { "[fe80::7]:21750", "10.0.0.7:21750" }));
        }
    }

    [Test]
    public void NotePending_StaysInMemory_AndForgetsTheOldest()
    {
        var store = Store();
        for (byte number = 10; number < 10 + TrustStore.MaxPending + 1; number++)
        {
            store.NotePending(Id(number), $"n{number}");
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(store.Pending, Has.Count.EqualTo(TrustStore.MaxPending));
            Assert.That(store.Find(Id(10)), Is.Null);
            Assert.That(_files.SaveCount, Is.Zero);
        }
    }

    [Test]
    public void HasNameConflict_IsShown_WhenASecondIdTakesAName()
    {
        var store = Store();
        var first = store.Decide(Stranger, TrustState.Accepted, Rights.Watch, "pi");
        store.NotePending(Other, "pi");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(store.HasNameConflict(first), Is.True);
            Assert.That(store.Find("pi"), Has.Count.EqualTo(2));
            Assert.That(store.Find(Stranger.ToString()[..9]), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void Forget_MakesAStrangerOfAPeer()
    {
        var store = Store();
        store.Decide(Stranger, TrustState.Rejected, Rights.None);

        store.Forget(Stranger);

        Assert.That((store.Find(Stranger), Store().Find(Stranger)), Is.EqualTo(((PeerTrust?)null, (PeerTrust?)null)));
    }

    [Test]
    public void TryRead_RefusesEveryTruncation_AndNeverThrows()
    {
        var row = new PeerTrust
        {
            Id = Stranger,
            Name = "pi",
            State = TrustState.Accepted,
            Rights = Rights.All,
            Endpoints = [new IPEndPoint(IPAddress.IPv6Loopback, 21750)],
            Incarnation = ulong.MaxValue,
        };
        var content = TrustFile.Write(row);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(TrustFile.TryRead(content, out _), Is.True);
            for (var length = 0; length < content.Length; length++)
            {
                Assert.That(TrustFile.TryRead(content.AsSpan(0, length), out _), Is.False, $"length {length}");
            }

            Assert.That(TrustFile.TryRead([.. content, 0], out _), Is.False);
        }
    }

    [Test]
    public void Redeem_WorksForOneNode_AndAgainForTheSame()
    {
        var store = Store();
        using var invites = new InviteStore(PrimitivesProvider.Load());
        using var secret = invites.Create(TimeSpan.FromMinutes(10), Rights.Trace, TimeSpan.Zero);
        var id = InviteIdOf(secret.Span);

        var outcomes = new[]
        {
            invites.Redeem(id, Stranger, store, TimeSpan.FromMinutes(1)),
            invites.Redeem(id, Other, store, TimeSpan.FromMinutes(1)),
            invites.Redeem(id, Stranger, store, TimeSpan.FromMinutes(9)),
            invites.Redeem(id, Stranger, store, TimeSpan.FromMinutes(10)),
            invites.Redeem(new byte[8], Stranger, store, TimeSpan.Zero),
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcomes, Is.EqualTo(new[]
            {
                (InviteOutcome.Redeemed, Rights.Trace), (InviteOutcome.AlreadyUsed, Rights.None),
                (InviteOutcome.Redeemed, Rights.Trace), (InviteOutcome.Expired, Rights.None),
                (InviteOutcome.Unknown, Rights.None),
            }));
            Assert.That(Store().Find(Stranger)!.State, Is.EqualTo(TrustState.Accepted));
        }
    }

    [Test]
    public void Load_LeavesADamagedFileAlone_AndNamesIt()
    {
        var folder = Directory.CreateTempSubdirectory("mesh").FullName;
        try
        {
            var files = new TrustFolder(folder);
            files.Save(Stranger, TrustFile.Write(new PeerTrust { Id = Stranger, State = TrustState.Rejected }));
            var path = Directory.GetFiles(Path.Combine(folder, "peers")).Single();
            File.WriteAllBytes(path, [1, 2, 3]);

            var store = new TrustStore(Self, files, _time);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(store.All, Is.Empty);
                Assert.That(store.Faults.Single(), Does.Contain(path));
                Assert.That(File.Exists(path), Is.True);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] InviteIdOf(ReadOnlySpan<byte> secret)
    {
        var id = new byte[KeyDerivation.InviteIdBytes];
        KeyDerivation.DeriveInviteId(secret, id);
        return id;
    }

    private static NodeId Id(byte number)
    {
        var bytes = new byte[NodeId.SizeBytes];
        bytes[0] = number;
        return new NodeId(bytes);
    }

    private TrustStore Store(AcceptMode mode = AcceptMode.Never) => new(Self, _files, _time) { Mode = mode };
}
