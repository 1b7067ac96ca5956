using Mesh.Core.Identity;
using NUnit.Framework;

namespace Mesh.Tests.Core.Identity;

/// <summary>Node ids: their text, their order, what they commit to.</summary>
public sealed class NodeIdTests
{
    private const string Text = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ";

    private static readonly byte[] Bytes = Convert.FromHexString("00443214c74254b635cf84653a56d7c675be77df");

    [Test]
    public void ToString_Gives32CharactersInGroupsOfFour() =>
        Assert.That(new NodeId(Bytes).ToString(), Is.EqualTo(Text));

    [TestCase(Text, ExpectedResult = true)]
    [TestCase("0123456789ABCDEFGHJKMNPQRSTVWXYZ", ExpectedResult = true)]
    [TestCase("o1z3-4567-89ab-cdef-ghjk-mnpq-rstv-wxyz", ExpectedResult = false)]
    [TestCase("oi23-4567-89ab-cdef-ghjk-mnpq-rstv-wxyz", ExpectedResult = true)]
    [TestCase("OL23456789abcdefghjkmnpqrstvwxyz", ExpectedResult = true)]
    public bool TryParse_TakesWhatPeopleWrite(string text) =>
        NodeId.TryParse(text, out var id) && id == new NodeId(Bytes);

    [TestCase("")]
    [TestCase("0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXY", Description = "a character too few")]
    [TestCase("0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ-0", Description = "a character too many")]
    [TestCase("0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYU", Description = "a letter outside the alphabet")]
    public void TryParse_ReturnsFalse_ForAnotherText(string text)
    {
        var isRead = NodeId.TryParse(text, out var id);

        Assert.That(isRead, Is.False);
        Assert.That(id, Is.EqualTo(default(NodeId)));
    }

    [Test]
    public void Write_GivesTheBytes()
    {
        var written = new byte[NodeId.SizeBytes];

        new NodeId(Bytes).Write(written);

        Assert.That(written, Is.EqualTo(Bytes));
    }

    [TestCase(0)]
    [TestCase(19)]
    [TestCase(21)]
    public void TryRead_ReturnsFalse_ForAnotherLength(int length) =>
        Assert.That(NodeId.TryRead(new byte[length], out _), Is.False);

    [Test]
    public void TryRead_GivesTheId_ForTwentyBytes()
    {
        var isRead = NodeId.TryRead(Bytes, out var id);

        Assert.That(isRead, Is.True);
        Assert.That(id.ToString(), Is.EqualTo(Text));
    }

    [Test]
    public void FromKeys_CommitsToBothKeys()
    {
        // SHA-256("mesh/1 node" ‖ 32 × 01 ‖ 32 × 02), reckoned by another program.
        var signing = Enumerable.Repeat((byte)1, 32).ToArray();
        var agreement = Enumerable.Repeat((byte)2, 32).ToArray();

        var id = NodeId.FromKeys(signing, agreement);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Hex(id), Is.EqualTo("e32b2757960ee15c3dcfad3c75f73a7690def2da"));
            Assert.That(NodeId.FromKeys(agreement, signing), Is.Not.EqualTo(id));
            Assert.That(NodeId.FromKeys(signing, signing), Is.Not.EqualTo(id));
            Assert.That(() => NodeId.FromKeys(new byte[31], agreement), Throws.ArgumentException);
            Assert.That(() => NodeId.FromKeys(signing, new byte[33]), Throws.ArgumentException);
        }
    }

    [Test]
    public void CompareTo_FollowsTheBytes()
    {
        var random = new Random(3);
        var ids = new List<byte[]>();
        for (var index = 0; index < 200; index++)
        {
            // Few distinct bytes, so that long common prefixes occur.
            ids.Add([.. Enumerable.Range(0, NodeId.SizeBytes).Select(_ => (byte)(random.Next(2) * 0x80))]);
        }

        foreach (var (left, right) in ids.Zip(ids.Skip(1)))
        {
            var expected = Math.Sign(left.AsSpan().SequenceCompareTo(right));
            var (first, second) = (new NodeId(left), new NodeId(right));

            Assert.That(Math.Sign(first.CompareTo(second)), Is.EqualTo(expected));
            Assert.That(first == second, Is.EqualTo(expected == 0));
            Assert.That(first != second, Is.EqualTo(expected != 0));
            Assert.That(first < second, Is.EqualTo(expected < 0));
            Assert.That(first <= second, Is.EqualTo(expected <= 0));
            Assert.That(first > second, Is.EqualTo(expected > 0));
            Assert.That(first >= second, Is.EqualTo(expected >= 0));
        }
    }

    [TestCase(0)]
    [TestCase(7)]
    [TestCase(8)]
    [TestCase(15)]
    [TestCase(16)]
    [TestCase(19)]
    public void Equals_ReturnsFalse_WhenOneByteDiffers(int index)
    {
        var other = (byte[])Bytes.Clone();
        other[index] ^= 1;

        Assert.That(new NodeId(other), Is.Not.EqualTo(new NodeId(Bytes)));
    }

    [Test]
    public void GetHashCode_IsEqual_ForEqualIds() =>
        Assert.That(new NodeId(Bytes).GetHashCode(), Is.EqualTo(new NodeId((byte[])Bytes.Clone()).GetHashCode()));

    private static string Hex(NodeId id)
    {
        var bytes = new byte[NodeId.SizeBytes];
        id.Write(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
