using Mesh.Core.Sessions;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

public sealed class OutboundQueueTests
{
    [Test]
    public void TryPeek_GivesMessagesInOrder_AcrossGrowthAndMoves([Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        var queue = new OutboundQueue(1 << 20);
        var expected = new Queue<byte[]>();

        for (var round = 0; round < 5000; round++)
        {
            if (random.Next(5) < 3 || expected.Count == 0)
            {
                var message = new byte[random.Next(0, 300)];
                random.NextBytes(message);
                Assert.That(queue.TryEnqueue(message), Is.True);
                expected.Enqueue(message);
                continue;
            }

            Assert.That(queue.TryPeek(out var head), Is.True);
            Assert.That(head.SequenceEqual(expected.Dequeue()), Is.True, $"round {round}");
            queue.Dequeue();
        }

        Assert.That(queue.WaitingBytes, Is.EqualTo(expected.Sum(message => message.Length + 4)));
    }

    [Test]
    public void TryEnqueue_Refuses_WhenTheBoundWouldBePassed()
    {
        var queue = new OutboundQueue(100);

        Assert.That(queue.TryEnqueue(new byte[46]), Is.True);
        Assert.That(queue.TryEnqueue(new byte[47]), Is.False);
        Assert.That(queue.TryEnqueue(new byte[46]), Is.True);

        Assert.That(queue.WaitingBytes, Is.EqualTo(100));
    }

    [Test]
    public void Clear_ForgetsEverything()
    {
        var queue = new OutboundQueue(100);
        queue.TryEnqueue([1, 2, 3]);

        queue.Clear();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(queue.IsEmpty, Is.True);
            Assert.That(queue.TryPeek(out _), Is.False);
        }
    }
}
