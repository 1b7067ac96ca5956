using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Logs;
using Mesh.Core.Runtime;
using Mesh.Core.Sealing;
using Mesh.Core.Transport;
using Mesh.Core.Transport.Memory;
using Mesh.Core.Wire.Records;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Nodes;

/// <summary>The publishing side of a node, without its loop.</summary>
public sealed class PublishPartTests
{
    [Test]
    public async Task Restart_PublishesAnew_AllChartsButThoseThatAreEnding()
    {
        var time = new ManualTimeProvider();
        var primitives = PrimitivesProvider.Load();
        using var identity = NodeIdentity.Create(primitives);
        using var transport = new MemoryNetwork(new Random(1), MemoryNetworkMode.Threaded)
            .AddHost("alone").CreateTransport();
        var bound = PublishPart.TryBind(transport, new IPEndPoint(IPAddress.IPv6Any, 21_751), out var socket);
        Assert.That(bound, Is.EqualTo(BindResult.Bound));
        var setup = new NodeLogSetup
        {
            Primitives = primitives,
            Identity = identity,
            Incarnation = 5,
            Scale = new TimestampScale(time.TimestampFrequency),
        };
        using var part = new PublishPart(transport, socket!, setup, time);
        await using var staying = ProducerChart.Start("staying", time);
        await using var leaving = ProducerChart.Start("leaving", time);
        part.Charts.Add("staying", staying);
        part.Charts.End(part.Charts.Add("leaving", leaving), EndReason.Stopped);

        part.Restart(6);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(part.Log.Incarnation, Is.EqualTo(6));
            Assert.That(
                part.Charts.Charts.Select(chart => (chart.Spy.Image.Name, chart.IsEnding)),
                Is.EqualTo(new[] { ("staying", false) }));
            Assert.That(() => part.Charts.Add("leaving again", leaving), Throws.Nothing);
        }
    }
}
