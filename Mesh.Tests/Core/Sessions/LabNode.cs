using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Wire.Handshake;
using Mesh.Tests.Support;

namespace Mesh.Tests.Core.Sessions;

/// <summary>A hub in the lab, with everything around it.</summary>
internal sealed class LabNode : ISessionLinks
{
    private readonly SessionLab _lab;

    public LabNode(SessionLab lab, LabNodePlan plan)
    {
        _lab = lab;
        Plan = plan;
        Primitives = new SeededPrimitives(PrimitivesProvider.Load(), plan.Seed);
        Identity = plan.Identity ?? NodeIdentity.Create(Primitives);
        Address = plan.Endpoint;
        Events = new LabEvents(lab.NameOf);
        Local = new LocalNode
        {
            Identity = Identity,
            Instance = InstanceId.Create(Primitives),
            Kind = plan.Kind,
            Incarnation = plan.Kind == InstanceKind.Owner ? plan.Incarnation : 0,
            Name = plan.Name,
            Key = plan.Key ?? MeshKey.FromName(Primitives, MeshKey.DefaultName),
            SessionPort = plan.Kind == InstanceKind.Owner ? (ushort)plan.Endpoint.Port : (ushort)0,
            FramePort = plan.Kind == InstanceKind.Owner ? (ushort)(plan.Endpoint.Port + 1) : (ushort)0,
        };
        Hub = new SessionHub(new SessionHubSetup
        {
            Local = Local,
            Primitives = Primitives,
            Links = this,
            Trust = plan.Door?.Invoke(Id) ?? Trust,
            Events = Events,
            Random = new Random(plan.Seed),
            Options = plan.Options,
        });
    }

    public LabNodePlan Plan { get; }

    public SeededPrimitives Primitives { get; }

    public NodeIdentity Identity { get; }

    public NodeId Id => Identity.Id;

    public IPEndPoint Address { get; }

    public LabTrust Trust { get; } = new();

    public LabEvents Events { get; }

    public LocalNode Local { get; }

    public SessionHub Hub { get; }

    /// <summary>Whether the process stands still: it neither receives nor polls.</summary>
    public bool IsAsleep { get; private set; }

    /// <summary>What arrived meanwhile.</summary>
    public Queue<Action> Backlog { get; } = new();

    public long this[SessionCounter counter] => Hub.Counters[counter];

    public long this[HandshakeResult result] => Hub.Counters[result];

    public ISessionLink? Open(IPEndPoint endpoint) => _lab.Connect(this, endpoint);

    public ISessionLink Answer(ReadOnlySpan<byte> routingId) => _lab.Answer(routingId);

    public void FallAsleep() => IsAsleep = true;

    /// <summary>Goes on: first with what had arrived.</summary>
    public void WakeUp()
    {
        IsAsleep = false;
        while (Backlog.TryDequeue(out var receive))
        {
            receive();
        }
    }

    /// <summary>The session in use with another node's owner.</summary>
    public Session SessionWith(LabNode other) =>
        Hub.TryGetOwner(other.Id, out var session) ? session : throw new InvalidOperationException("no session");
}
