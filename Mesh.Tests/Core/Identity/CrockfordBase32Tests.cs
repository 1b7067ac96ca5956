using Mesh.Core.Identity;
using NUnit.Framework;

namespace Mesh.Tests.Core.Identity;

/// <summary>Bytes as text and back, and every text that no bytes give.</summary>
public sealed class CrockfordBase32Tests
{
    [TestCase("", "")]
    [TestCase("00", "00")]
    [TestCase("ff", "ZW")]
    [TestCase("f8", "Z0")]
    [TestCase("0842108421", "11111111")]
    [TestCase("00443214c74254b635cf84653a56d7c675be77df", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")]
    public void Encode_GivesTheText_AndTryDecodeTheBytes(string hex, string expected)
    {
        var bytes = Convert.FromHexString(hex);
        var text = new char[CrockfordBase32.CharacterCount(bytes.Length)];
        var decoded = new byte[bytes.Length];

        var count = CrockfordBase32.Encode(bytes, text);
        var isRead = CrockfordBase32.TryDecode(text, decoded, out var written);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new string(text), Is.EqualTo(expected));
            Assert.That(count, Is.EqualTo(expected.Length));
            Assert.That(isRead, Is.True);
            Assert.That(written, Is.EqualTo(bytes.Length));
            Assert.That(decoded, Is.EqualTo(bytes));
        }
    }

    [Test]
    public void TryDecode_GivesBackTheBytes_ForEveryLength()
    {
        var random = new Random(5);

        for (var length = 0; length < 100; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            var decoded = new byte[length];

            var isRead = CrockfordBase32.TryDecode(CrockfordBase32.ToGroups(bytes, 5), decoded, out var written);

            Assert.That(isRead, Is.True, $"{length} bytes");
            Assert.That(written, Is.EqualTo(length));
            Assert.That(decoded, Is.EqualTo(bytes));
        }
    }

    [TestCase("1", 4, "1")]
    [TestCase("0842108421", 4, "1111-1111")]
    [TestCase("0842108421", 3, "111-111-11")]
    [TestCase("0842108421", 8, "11111111")]
    public void ToGroups_JoinsGroupsByDashes(string hex, int groupSize, string expected)
    {
        var bytes = hex.Length == 1 ? [] : Convert.FromHexString(hex);

        Assert.That(CrockfordBase32.ToGroups(bytes, groupSize), Is.EqualTo(bytes.Length == 0 ? "" : expected));
    }

    [TestCase("iIlL1111")]
    [TestCase("-1-1-1-1-1-1-1-1-")]
    public void TryDecode_TakesWhatPeopleWrite(string text)
    {
        var bytes = new byte[5];

        var isRead = CrockfordBase32.TryDecode(text, bytes, out var written);

        Assert.That(isRead, Is.True);
        Assert.That(written, Is.EqualTo(5));
        Assert.That(Convert.ToHexStringLower(bytes), Is.EqualTo("0842108421"));
    }

    [TestCase("oO000000", "0000000000")]
    [TestCase("abcdefgh", "52d8d73e11")]
    [TestCase("ABCDEFGH", "52d8d73e11")]
    public void TryDecode_TakesBothCasesAndOForZero(string text, string expected)
    {
        var bytes = new byte[5];

        Assert.That(CrockfordBase32.TryDecode(text, bytes, out _), Is.True);
        Assert.That(Convert.ToHexStringLower(bytes), Is.EqualTo(expected));
    }

    [TestCase("U0", Description = "not in the alphabet")]
    [TestCase("0 ", Description = "a space")]
    [TestCase("0=", Description = "padding")]
    [TestCase("0\u0131", Description = "a dotless i, whose upper case is I")]
    [TestCase("0\u017f", Description = "a long s, whose upper case is S")]
    [TestCase("0", Description = "five bits are no byte")]
    [TestCase("000", Description = "a character too many")]
    [TestCase("01", Description = "filling bits")]
    [TestCase("000001", Description = "a character too many, and not zero")]
    public void TryDecode_ReturnsFalse_WhenNoBytesGiveTheText(string text) =>
        Assert.That(CrockfordBase32.TryDecode(text, new byte[16], out _), Is.False);

    [Test]
    public void TryDecode_ReturnsFalse_WhenThereAreMoreBytesThanRoom() =>
        Assert.That(CrockfordBase32.TryDecode("0000", new byte[1], out _), Is.False);

    [Test]
    public void Encode_Throws_WhenThereIsNoRoom() =>
        Assert.That(() => CrockfordBase32.Encode(new byte[5], new char[7]), Throws.ArgumentException);
}
