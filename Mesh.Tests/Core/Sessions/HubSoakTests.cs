using Mesh.Core.Sessions;
using Mesh.Core.Wire.Messages;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

public sealed class HubSoakTests
{
    private const int NodeCount = 5;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public void Hubs_FindEachOtherAgain_AfterAnyFaults([Range(1, 12)] int seed)
    {
        var random = new Random(seed);
        var lab = new SessionLab(seed);
        var nodes = Enumerable.Range(0, NodeCount).Select(index => lab.Add($"n{index}")).ToList();
        IntroduceAll(lab, nodes);

        for (var step = 0; step < 60; step++)
        {
            Disturb(lab, nodes, random);
            lab.Run(random.NextDouble() * 4 * Second);
            Chat(nodes, random);
        }

        Assert.That(nodes.Sum(node => node.Events.Ended.Count), Is.Positive, "something happened");
        Heal(lab, nodes);
        lab.Run(75 * Second);

        using (Assert.EnterMultipleScope())
        {
            foreach (var node in nodes)
            {
                Assert.That(node.Hub.Sessions, Has.Count.EqualTo(NodeCount - 1), $"seed {seed} {node.Plan.Name}");
                Assert.That(node.Events.Open, Is.EquivalentTo(node.Hub.Sessions), "told all, and nothing else");
                Assert.That(
                    nodes.Where(other => other != node).Select(other => node.Hub.PresenceOf(other.Id)),
                    Is.All.EqualTo(Presence.Alive));
            }
        }
    }

    private static void IntroduceAll(SessionLab lab, List<LabNode> nodes)
    {
        foreach (var one in nodes)
        {
            foreach (var other in nodes.Where(other => other != one))
            {
                lab.Introduce(one, other);
            }
        }
    }

    private static void Disturb(SessionLab lab, List<LabNode> nodes, Random random)
    {
        var node = nodes[random.Next(nodes.Count)];
        switch (random.Next(9))
        {
            case 0 when lab.Connections.Count > 0:
                lab.Break(lab.Connections[random.Next(lab.Connections.Count)]);
                break;
            case 1:
                lab.Tamper = (_, _, message) => random.Next(200) == 0 ? Flip(message, random) : message;
                break;
            case 2:
                lab.Tamper = (connection, _, message) => connection.Dialler == node ? null : message;
                break;
            case 3:
                lab.Block = (_, _) => random.Next(3) > 0;
                break;
            case 4:
                node.FallAsleep();
                break;
            case 5:
                node.WakeUp();
                break;
            case 6:
                lab.Latency = random.NextDouble() * 0.8 * Second;
                break;
            case 7:
                lab.Sleep(random.NextDouble() * 60 * Second);
                break;
            default:
                lab.Tamper = null;
                lab.Block = null;
                break;
        }
    }

    private static byte[] Flip(byte[] message, Random random)
    {
        message[random.Next(message.Length)] ^= (byte)(1 << random.Next(8));
        return message;
    }

    private static void Chat(List<LabNode> nodes, Random random)
    {
        foreach (var session in nodes.SelectMany(node => node.Hub.Sessions))
        {
            session.TrySend([0x92, (byte)SessionMessageType.Detach, (byte)random.Next(100)]);
        }
    }

    private static void Heal(SessionLab lab, List<LabNode> nodes)
    {
        lab.Tamper = null;
        lab.Block = null;
        lab.Latency = TimeSpan.FromMilliseconds(1);
        nodes.ForEach(node => node.WakeUp());
    }
}
