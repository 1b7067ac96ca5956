using Mesh.Core.Sealing;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sealing;

/// <summary>One direction of a session: in order, once, and never again after a fault.</summary>
public sealed class SessionCipherTests
{
    private static readonly byte[] Key = [.. Enumerable.Repeat((byte)9, 32)];

    private readonly IPrimitives _primitives = PrimitivesProvider.Load();

    [Test]
    public void TryOpen_GivesBackEachMessage_InOrder()
    {
        using var sender = new SessionCipher(_primitives, Key);
        using var receiver = new SessionCipher(_primitives, Key);

        for (var length = 0; length < 100; length++)
        {
            var plaintext = new byte[length];
            new Random(length).NextBytes(plaintext);
            var opened = new byte[length];

            Assert.That(receiver.TryOpen(Seal(sender, plaintext), opened), Is.True);
            Assert.That(opened, Is.EqualTo(plaintext));
        }
    }

    [Test]
    public void Seal_GivesOtherBytes_ForTheSameMessage()
    {
        using var sender = new SessionCipher(_primitives, Key);

        var first = Seal(sender, "same"u8);
        var second = Seal(sender, "same"u8);

        Assert.That(first, Is.Not.EqualTo(second));
    }

    [TestCase("replayed")]
    [TestCase("skipped")]
    [TestCase("truncated")]
    [TestCase("too short for a tag")]
    [TestCase("empty")]
    public void TryOpen_ReturnsFalseForGood_AfterAMessageThatIsNotTheNext(string fault)
    {
        using var sender = new SessionCipher(_primitives, Key);
        using var receiver = new SessionCipher(_primitives, Key);
        var messages = Enumerable.Range(0, 3).Select(_ => Seal(sender, "text"u8)).ToList();
        var buffer = new byte[64];
        Assert.That(receiver.TryOpen(messages[0], buffer), Is.True);

        var isOpened = receiver.TryOpen(
            fault switch
            {
                "replayed" => messages[0],
                "skipped" => messages[2],
                "truncated" => messages[1].AsSpan(..^1),
                "too short for a tag" => messages[1].AsSpan(..15),
                _ => [],
            },
            buffer);
        var isNextOpened = receiver.TryOpen(messages[1], buffer);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isOpened, Is.False);
            Assert.That(receiver.IsClosed, Is.True);
            Assert.That(isNextOpened, Is.False);
        }
    }

    [Test]
    public void TryOpen_ReturnsFalse_WhenAnyBitOfAThousandMessagesDiffers()
    {
        var random = new Random(1);
        using var sender = new SessionCipher(_primitives, Key);

        for (ulong number = 0; number < 1_000; number++)
        {
            var message = Seal(sender, "one of a thousand"u8);
            var bit = random.Next(message.Length * 8);
            message[bit / 8] ^= (byte)(1 << (bit % 8));
            using var receiver = new SessionCipher(_primitives, Key, number);

            Assert.That(receiver.TryOpen(message, new byte[64]), Is.False, $"message {number}, bit {bit}");
        }
    }

    [Test]
    public void Seal_Throws_WhenTheNoncesAreUsedUp()
    {
        using var sender = new SessionCipher(_primitives, Key, ulong.MaxValue - 1);
        using var receiver = new SessionCipher(_primitives, Key, ulong.MaxValue - 1);

        var last = Seal(sender, "last"u8);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receiver.TryOpen(last, new byte[4]), Is.True);
            Assert.That(sender.IsClosed, Is.True);
            Assert.That(() => Seal(sender, "more"u8), Throws.InvalidOperationException);
            Assert.That(receiver.TryOpen(last, new byte[4]), Is.False);
        }
    }

    [Test]
    public void SealAndTryOpen_LeaveTheRestOfALargerBuffer()
    {
        using var sender = new SessionCipher(_primitives, Key);
        using var receiver = new SessionCipher(_primitives, Key);
        var message = Enumerable.Repeat((byte)0xee, 30).ToArray();
        var opened = Enumerable.Repeat((byte)0xee, 30).ToArray();

        sender.Seal("text"u8, message);
        receiver.TryOpen(message.AsSpan(0, 20), opened);

        Assert.That(message[20..], Is.All.EqualTo(0xee));
        Assert.That(opened[4..], Is.All.EqualTo(0xee));
    }

    [Test]
    public void SealAndTryOpen_Throw_WhenThereIsNoRoom()
    {
        using var cipher = new SessionCipher(_primitives, Key);

        Assert.That(() => cipher.Seal(new byte[4], new byte[19]), Throws.ArgumentException);
        Assert.That(() => cipher.TryOpen(new byte[20], new byte[3]), Throws.ArgumentException);
    }

    [Test]
    public void SealAndTryOpen_AllocateNothing()
    {
        using var sender = new SessionCipher(_primitives, Key);
        using var receiver = new SessionCipher(_primitives, Key);
        var plaintext = new byte[1_000];
        var message = new byte[plaintext.Length + SessionCipher.OverheadBytes];

        var allocated = AllocatedBytes.Of(() =>
        {
            sender.Seal(plaintext, message);
            receiver.TryOpen(message, plaintext);
        });

        Assert.That(allocated, Is.Zero);
        Assert.That(receiver.IsClosed, Is.False);
    }

    private static byte[] Seal(SessionCipher cipher, ReadOnlySpan<byte> plaintext)
    {
        var message = new byte[plaintext.Length + SessionCipher.OverheadBytes];
        cipher.Seal(plaintext, message);
        return message;
    }
}
