using System.Net;
using System.Security.Cryptography;
using Mesh.Core.Identity;
using Mesh.Core.Trust;
using Mesh.Tests.Core.Wire;
using NUnit.Framework;

namespace Mesh.Tests.Core.Trust;

public sealed class InviteCodeTests
{
    [Test]
    public void TryParse_GivesWhatWasWritten_ForManyCodes()
    {
        var random = new Random(7);

        for (var round = 0; round < 1_000; round++)
        {
            var made = Make(random);
            var result = InviteCode.TryParse(made.ToText(), out var read);

            Assert.That(result, Is.EqualTo(InviteCodeResult.Read));
            using (Assert.EnterMultipleScope())
            {
                Assert.That(read!.Inviter, Is.EqualTo(made.Inviter));
                Assert.That(read.Secret.ToArray(), Is.EqualTo(made.Secret.ToArray()));
                Assert.That(read.Endpoints, Is.EqualTo(made.Endpoints));
            }
        }
    }

    [Test]
    public void ToText_HasTheBytesOfTheWireFormat()
    {
        byte[] id = [.. Enumerable.Range(1, 20).Select(value => (byte)value)];
        byte[] secret = [.. Enumerable.Range(0xA0, 16).Select(value => (byte)value)];
        var code = new InviteCode(new NodeId(id), secret, [new IPEndPoint(IPAddress.Parse("10.1.2.3"), 21_750)]);

        byte[] body = [1, .. id, .. secret, 4, 10, 1, 2, 3, 0x54, 0xF6];
        byte[] whole = [.. body, .. SHA256.HashData([.. "mesh/1 code"u8, .. body]).AsSpan(0, 2)];
        var text = code.ToText();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Is.EqualTo(CrockfordBase32.ToGroups(whole, 5)));
            Assert.That(text.Count(char.IsLetterOrDigit), Is.EqualTo(74));
            Assert.That(code.ToString(), Does.Not.Contain(text[40..45]));
        }
    }

    [Test]
    public void TryParse_TakesSmallLettersSpacesAndLines()
    {
        var made = Make(new Random(8));
        var text = $"  {made.ToText().ToLowerInvariant().Replace('-', ' ')}\r\n";

        Assert.That(InviteCode.TryParse(text, out var read), Is.EqualTo(InviteCodeResult.Read));
        Assert.That(read!.Inviter, Is.EqualTo(made.Inviter));
    }

    [Test]
    public void TryParse_ReturnsMistyped_WhenAnyOneCharacterIsAnother()
    {
        const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var text = Make(new Random(9)).ToText();
        var missed = 0;

        for (var index = 0; index < text.Length; index++)
        {
            foreach (var letter in Alphabet.Where(letter => text[index] != '-' && letter != text[index]))
            {
                var mistyped = text[..index] + letter + text[(index + 1)..];
                missed += InviteCode.TryParse(mistyped, out _) == InviteCodeResult.Mistyped ? 0 : 1;
            }
        }

        // Two check bytes miss one in 65,536: none of these 2,400 and more.
        Assert.That(missed, Is.Zero);
    }

    [Test]
    public void TryParse_RefusesEveryTruncation()
    {
        var text = Make(new Random(10)).ToText();

        for (var length = 0; length < text.Length - 1; length++)
        {
            var result = InviteCode.TryParse(text.AsSpan(0, length), out _);
            Assert.That(result, Is.EqualTo(InviteCodeResult.TooShort).Or.EqualTo(InviteCodeResult.Mistyped));
        }
    }

    [TestCase("", nameof(InviteCodeResult.TooShort))]
    [TestCase("hello", nameof(InviteCodeResult.TooShort))]
    [TestCase("https://example.org/?code=1", nameof(InviteCodeResult.NotACode))]
    [TestCase("ÄÄÄÄ", nameof(InviteCodeResult.NotACode))]
    public void TryParse_NamesTheFault(string text, string expected)
    {
        Assert.That(InviteCode.TryParse(text, out var code).ToString(), Is.EqualTo(expected));
        Assert.That(code, Is.Null);
    }

    [Test]
    public void TryParse_ReturnsTooLong_ForACodePastedTwiceAndForAMegabyte()
    {
        var text = Make(new Random(11)).ToText();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(InviteCode.TryParse(text + text, out _), Is.EqualTo(InviteCodeResult.TooLong));
            Assert.That(InviteCode.TryParse(new string('0', 1 << 20), out _), Is.EqualTo(InviteCodeResult.TooLong));
        }
    }

    [Test]
    public void TryParse_ReturnsOtherVersion_WhenOnlyTheVersionDiffers()
    {
        Assert.That(InviteCode.TryParse(TextOf([2, .. new byte[36], 4, 1, 2, 3, 4, 0, 1]), out _),
            Is.EqualTo(InviteCodeResult.OtherVersion));
    }

    [TestCase("00000000000000")] // no endpoint, but as many bytes as one
    [TestCase("0401020304000004")] // port 0, and a byte over
    [TestCase("05010203040500010000")] // an address of five bytes
    [TestCase("04010203040001040102030400010401020304000100")] // three endpoints
    public void TryParse_ReturnsMalformed_WhenTheContentIsNoInvite(string endpoints)
    {
        var text = TextOf([1, .. new byte[36], .. Convert.FromHexString(endpoints)]);

        Assert.That(InviteCode.TryParse(text, out _), Is.EqualTo(InviteCodeResult.Malformed));
    }

    [Test]
    public void TryParse_NeverThrows_ForMutatedTexts()
    {
        var random = new Random(12);

        for (var round = 0; round < 20_000; round++)
        {
            var bytes = System.Text.Encoding.Latin1.GetBytes(Make(random).ToText());
            var text = System.Text.Encoding.Latin1.GetString(CodecBytes.Mutate(bytes, random));
            Assert.That(() => InviteCode.TryParse(text, out _), Throws.Nothing);
        }
    }

    [Test]
    public void Constructor_Throws_WhenNothingCanBeDialled()
    {
        var id = new NodeId(new byte[20]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new InviteCode(id, new byte[16], []), Throws.ArgumentException);
            Assert.That(() => new InviteCode(id, new byte[15], [Endpoint(1)]), Throws.ArgumentException);
            Assert.That(() => new InviteCode(id, new byte[16], [Endpoint(0)]), Throws.ArgumentException);
            Assert.That(
                () => new InviteCode(id, new byte[16], [Endpoint(1), Endpoint(2), Endpoint(3)]),
                Throws.ArgumentException);
        }
    }

    private static IPEndPoint Endpoint(int port) => new(IPAddress.Loopback, port);

    private static InviteCode Make(Random random)
    {
        var endpoints = Enumerable.Range(0, random.Next(1, 3))
            .Select(_ => new IPAddress(random.NextBlob(random.Next(2) == 0 ? 4 : 16)))
            .Select(address => new IPEndPoint(address, random.Next(1, 65_536)));
        return new InviteCode(new NodeId(random.NextBlob(20)), random.NextBlob(16), [.. endpoints]);
    }

    private static string TextOf(byte[] body)
    {
        byte[] whole = [.. body, .. SHA256.HashData([.. "mesh/1 code"u8, .. body]).AsSpan(0, 2)];
        return CrockfordBase32.ToGroups(whole, 5);
    }
}
