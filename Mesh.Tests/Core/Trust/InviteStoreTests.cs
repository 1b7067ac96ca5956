using System.Collections;
using System.Reflection;
using Mesh.Core;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Trust;
using Mesh.Tests.Core.Wire;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Trust;

public sealed class InviteStoreTests : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private static readonly NodeId Joiner = new(new Random(1).NextBlob(NodeId.SizeBytes));

    private readonly InviteStore _invites = new(PrimitivesProvider.Load());
    private readonly MemoryTrustFiles _files = new();
    private readonly TrustStore _store;

    public InviteStoreTests() => _store = new TrustStore(default, _files, new ManualTimeProvider());

    [Test]
    public void Create_GivesASecretOfItsOwn_EachTime()
    {
        var secrets = Enumerable.Range(0, 50)
            .Select(_ => Convert.ToHexString(Secret(Life, Rights.Watch, TimeSpan.Zero)))
            .ToArray();

        Assert.That(secrets, Is.Unique);
        Assert.That(secrets, Has.All.Length.EqualTo(2 * KeyDerivation.InviteSecretBytes));
    }

    [Test]
    public void Redeem_TellsExpiredFromUnknown_ForADay()
    {
        var id = IdOf(Secret(Life, Rights.Watch, TimeSpan.Zero));
        _ = Secret(Life, Rights.Watch, Life + InviteStore.Memory);
        var afterADay = _invites.Redeem(id, Joiner, _store, Life + InviteStore.Memory).Outcome;

        _ = Secret(Life, Rights.Watch, Life + InviteStore.Memory + TimeSpan.FromTicks(1));
        var later = _invites.Redeem(id, Joiner, _store, Life + InviteStore.Memory).Outcome;

        Assert.That((afterADay, later), Is.EqualTo((InviteOutcome.Expired, InviteOutcome.Unknown)));
    }

    [Test]
    public void TryGetKey_GivesTheKeyOfTheSecret_AlsoOfAnExpiredInvite()
    {
        var secret = Secret(Life, Rights.Watch, TimeSpan.Zero);
        var expected = new byte[KeyDerivation.KeyBytes];
        KeyDerivation.DeriveInvitePresharedKey(secret, expected);
        var key = new byte[KeyDerivation.KeyBytes];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_invites.TryGetKey(IdOf(secret), key, Life + InviteStore.Memory), Is.True);
            Assert.That(key, Is.EqualTo(expected));
            Assert.That(_invites.TryGetKey(new byte[KeyDerivation.InviteIdBytes], key, TimeSpan.Zero), Is.False);
            Assert.That(_invites.TryGetKey([1, 2, 3], key, TimeSpan.Zero), Is.False);
        }
    }

    [Test]
    public void Redeem_IsOnTheDisk_WhenItReturns()
    {
        var id = IdOf(Secret(Life, Rights.Trace, TimeSpan.Zero));

        _invites.Redeem(id, Joiner, _store, TimeSpan.Zero);

        Assert.That(_files.SaveCount, Is.EqualTo(1));
    }

    [Test]
    public void Redeem_TakesNoRightAway_FromAPeerThatHasMore()
    {
        _store.Decide(Joiner, TrustState.Accepted, Rights.Watch | Rights.Post);
        var id = IdOf(Secret(Life, Rights.Call, TimeSpan.Zero));

        var (_, rights) = _invites.Redeem(id, Joiner, _store, TimeSpan.Zero);

        Assert.That(rights, Is.EqualTo(Rights.Watch | Rights.Post | Rights.Call));
        Assert.That(_store.Find(Joiner)!.Rights, Is.EqualTo(rights));
    }

    [Test]
    public void Redeem_LiftsNoDecision_WhenItIsRepeated()
    {
        var id = IdOf(Secret(Life, Rights.Watch, TimeSpan.Zero));
        _invites.Redeem(id, Joiner, _store, TimeSpan.Zero);
        _store.Decide(Joiner, TrustState.Accepted, Rights.Trace);

        var lowered = _invites.Redeem(id, Joiner, _store, TimeSpan.Zero);
        _store.Forget(Joiner);
        var forgotten = _invites.Redeem(id, Joiner, _store, TimeSpan.Zero);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lowered, Is.EqualTo((InviteOutcome.Redeemed, Rights.Trace)));
            Assert.That(forgotten, Is.EqualTo((InviteOutcome.AlreadyUsed, Rights.None)));
            Assert.That(_store.Find(Joiner), Is.Null);
        }
    }

    [Test]
    public void Create_Throws_WhenTooManyAreOpen()
    {
        for (var count = 0; count < InviteStore.MaxInvites; count++)
        {
            _ = Secret(Life, Rights.Watch, TimeSpan.Zero);
        }

        Assert.That(() => _invites.Create(Life, Rights.Watch, TimeSpan.Zero), Throws.InstanceOf<MeshException>());
    }

    [Test]
    public void TryGetKey_ForgetsAndZeroesTheKey_ADayAfterTheEnd()
    {
        var id = IdOf(Secret(Life, Rights.Watch, TimeSpan.Zero));
        var kept = KeptKeys().Single();
        var key = new byte[KeyDerivation.KeyBytes];

        var isKnown = _invites.TryGetKey(id, key, Life + InviteStore.Memory + TimeSpan.FromTicks(1));

        Assert.That((isKnown, KeptKeys().Count), Is.EqualTo((false, 0)));
        Assert.That(() => kept.Span.Length, Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void Dispose_ZeroesEveryKey_UsedOrNot()
    {
        var used = IdOf(Secret(Life, Rights.Watch, TimeSpan.Zero));
        _ = Secret(Life, Rights.Watch, TimeSpan.Zero);
        _invites.Redeem(used, Joiner, _store, TimeSpan.Zero);
        var kept = KeptKeys();

        _invites.Dispose();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept, Has.Count.EqualTo(2));
            foreach (var key in kept)
            {
                Assert.That(() => key.Span.Length, Throws.InstanceOf<ObjectDisposedException>());
            }
        }
    }

    [Test]
    public void Create_LeavesTheSecretToItsCallerAlone()
    {
        using var secret = _invites.Create(Life, Rights.Watch, TimeSpan.Zero);

        Assert.That(
            KeptKeys().Select(key => Convert.ToHexString(key.Span)),
            Has.None.Contains(Convert.ToHexString(secret.Span)));
    }

    [Test]
    public void HasOpen_IsTrue_UntilTheInviteIsUsedUpOrExpires()
    {
        var before = _invites.HasOpen(TimeSpan.Zero);
        var first = IdOf(Secret(Life, Rights.Watch, TimeSpan.Zero));
        var made = _invites.HasOpen(TimeSpan.Zero);
        _invites.Redeem(first, Joiner, _store, TimeSpan.Zero);
        var used = _invites.HasOpen(TimeSpan.Zero);
        _ = Secret(Life, Rights.Watch, TimeSpan.Zero);
        var again = _invites.HasOpen(Life - TimeSpan.FromTicks(1));
        var expired = _invites.HasOpen(Life);

        Assert.That((before, made, used, again, expired), Is.EqualTo((false, true, false, true, false)));
    }

    public void Dispose() => _invites.Dispose();

    private byte[] Secret(TimeSpan life, Rights rights, TimeSpan now)
    {
        using var secret = _invites.Create(life, rights, now);
        return secret.Span.ToArray();
    }

    // The store shows its keys to nobody; whether they are wiped shows only inside.
    private List<SecretBuffer> KeptKeys()
    {
        const BindingFlags Inside = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        var entries = (IEnumerable)typeof(InviteStore).GetField("_entries", Inside)!.GetValue(_invites)!;
        return [.. entries.Cast<object>()
            .Select(entry => (SecretBuffer)entry.GetType().GetProperty("Key", Inside)!.GetValue(entry)!)];
    }

    private static byte[] IdOf(byte[] secret)
    {
        var id = new byte[KeyDerivation.InviteIdBytes];
        KeyDerivation.DeriveInviteId(secret, id);
        return id;
    }
}
