using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using NUnit.Framework;

namespace Mesh.Tests.Core.Identity;

/// <summary>Instance ids: random, ordered as their bytes are.</summary>
public sealed class InstanceIdTests
{
    [Test]
    public void Write_GivesBackTheBytes_ThatWereRead()
    {
        var bytes = Enumerable.Range(1, InstanceId.SizeBytes).Select(value => (byte)value).ToArray();
        var written = new byte[InstanceId.SizeBytes];

        var isRead = InstanceId.TryRead(bytes, out var id);
        id.Write(written);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isRead, Is.True);
            Assert.That(written, Is.EqualTo(bytes));
            Assert.That(id.ToString(), Is.EqualTo("0102030405060708090a0b0c0d0e0f10"));
        }
    }

    [TestCase(0)]
    [TestCase(15)]
    [TestCase(17)]
    public void TryRead_ReturnsFalse_ForAnotherLength(int length) =>
        Assert.That(InstanceId.TryRead(new byte[length], out _), Is.False);

    [Test]
    public void Create_GivesAnotherId_EachTime() =>
        Assert.That(
            InstanceId.Create(PrimitivesProvider.Load()),
            Is.Not.EqualTo(InstanceId.Create(PrimitivesProvider.Load())));

    [Test]
    public void CompareTo_FollowsTheFirstByteThatDiffers()
    {
        InstanceId.TryRead([0x80, .. new byte[15]], out var greater);
        InstanceId.TryRead([0x7f, .. Enumerable.Repeat((byte)0xff, 15)], out var less);

        Assert.That(greater.CompareTo(less), Is.Positive);
    }
}
