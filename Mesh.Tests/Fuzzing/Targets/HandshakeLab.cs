using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Wire.Handshake;
using Mesh.Tests.Core.Sessions;
using Mesh.Tests.Support;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>A hub of sessions with nobody around it: what it sends is kept, what it hears is the test's.</summary>
internal sealed class HandshakeLab : ISessionLinks, IDisposable
{
    /// <summary>Where the hub dials.</summary>
    public static readonly IPEndPoint Endpoint = new(IPAddress.Parse("10.0.0.9"), 21750);

    private static readonly byte[] RoutingId = [0, 1, 2, 3, 4];
    private static readonly IPAddress Source = IPAddress.Parse("10.0.0.9");

    private readonly Dictionary<string, RecordingLink> _answers = [];

    /// <summary>Makes a hub; equal arguments give hubs that say equal things.</summary>
    /// <param name="local">Who it is.</param>
    /// <param name="seed">Of its randomness.</param>
    public HandshakeLab(LocalNode local, int seed)
    {
        Events = new LabEvents(_ => "peer");
        Hub = new SessionHub(new SessionHubSetup
        {
            Local = local,
            Primitives = new SeededPrimitives(PrimitivesProvider.Load(), seed),
            Links = this,
            Trust = Trust,
            Events = Events,
            Random = new Random(seed),
        });
    }

    public SessionHub Hub { get; }

    public LabTrust Trust { get; } = new();

    public LabEvents Events { get; }

    public TimeSpan Now { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The link that was dialled, once one was.</summary>
    public RecordingLink? Dialled { get; private set; }

    /// <summary>Makes what a process is in handshakes.</summary>
    /// <param name="identity">Its keys.</param>
    /// <param name="key">Its mesh.</param>
    /// <param name="name">Its label.</param>
    public static LocalNode MakeLocal(NodeIdentity identity, MeshKey key, string name) => new()
    {
        Identity = identity,
        Instance = InstanceId.Create(new SeededPrimitives(PrimitivesProvider.Load(), name.Length)),
        Kind = InstanceKind.Owner,
        Incarnation = 1_000,
        Name = name,
        Key = key,
        SessionPort = 21750,
        FramePort = 21751,
    };

    public ISessionLink? Open(IPEndPoint endpoint) => Dialled = new RecordingLink();

    public ISessionLink Answer(ReadOnlySpan<byte> routingId)
    {
        var name = Convert.ToHexString(routingId);
        if (!_answers.TryGetValue(name, out var link))
        {
            link = new RecordingLink();
            _answers.Add(name, link);
        }

        return link;
    }

    /// <summary>Lets the hub dial, and gives its Init.</summary>
    /// <param name="peer">Whom.</param>
    public byte[] Dial(NodeId peer)
    {
        Trust.Accept(peer);
        Hub.AddPeer(peer, [Endpoint], Now);
        for (var tries = 0; Dialled is null or { Sent.Count: 0 } && tries < 100; tries++)
        {
            Now += TimeSpan.FromMilliseconds(100);
            Hub.Poll(Now);
        }

        return Dialled!.Sent.Dequeue();
    }

    /// <summary>Gives the hub a message of somebody who dialled it.</summary>
    /// <param name="message">Untrusted.</param>
    /// <param name="isOther">Whether it comes over another connection.</param>
    public void Hear(byte[] message, bool isOther = false) =>
        Hub.ReceiveRouted(isOther ? [9, 9, 9, 9, 9] : RoutingId, Source, message, Now);

    /// <summary>Gives the hub a message over the link that it dialled.</summary>
    /// <param name="message">Untrusted.</param>
    public void HearDialled(byte[] message) => Hub.ReceiveDialled(Dialled!, message, Now);

    /// <summary>What the hub has said to somebody who dialled it.</summary>
    /// <param name="isOther">Whether over the other connection.</param>
    public Queue<byte[]> SaidTo(bool isOther = false) =>
        ((RecordingLink)Answer(isOther ? [9, 9, 9, 9, 9] : RoutingId)).Sent;

    public void Dispose() => Hub.Dispose();
}
