using System.Net;
using Mesh.Core;
using Mesh.Core.Identity;
using Mesh.Core.Logs;
using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Transport;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.Messages;
using Mesh.Tests.Core.Hostile;
using Mesh.Tests.Core.Transport;
using Mesh.Tests.Fuzzing.Targets;

namespace Mesh.Tests.Hostile;

/// <summary>A trusted reader over real sockets that asks for the history as fast as it is heard.</summary>
internal sealed class FloodingReader : IDisposable
{
    private static readonly SocketOptions Options = new()
    {
        MaxMessageBytes = WireLimits.MaxSealedMessageBytes,
        SendHighWaterMark = 1_000,
        ReceiveHighWaterMark = 1_000,
    };

    private readonly ITransport _transport = MeshLibraries.CreateTransport();
    private readonly NodeIdentity _identity = NodeIdentity.Create(PrimitivesProvider.Load());
    private readonly ReceivedMessage _message = new();
    private readonly RoguePeer _peer;
    private readonly MeshKey _key;
    private ITransportSocket? _socket;

    public FloodingReader()
    {
        var primitives = PrimitivesProvider.Load();
        _key = MeshKey.FromName(primitives, MeshKey.DefaultName);
        var local = new LocalNode
        {
            Identity = _identity,
            Instance = InstanceId.Create(primitives),
            Kind = InstanceKind.Guest,
            Incarnation = 0,
            Name = "flooder",
            Key = _key,
        };
        _peer = new RoguePeer(local, HandshakeRole.Initiator, _key.PresharedKey.ToArray(), 1);
    }

    /// <summary>Who it is.</summary>
    public NodeId Id => _identity.Id;

    /// <summary>Requests that it has sent.</summary>
    public long Asked { get; private set; }

    /// <summary>Bytes of frames that it was given.</summary>
    public long Given { get; private set; }

    /// <summary>Opens a session, then asks until it is told to stop.</summary>
    /// <param name="port">The session port of a node that accepts it.</param>
    /// <param name="incarnation">Of that node.</param>
    /// <param name="stopToken">Ends it.</param>
    public void Run(int port, ulong incarnation, CancellationToken stopToken)
    {
        _socket = _transport.Connect(SocketKind.Dealer, new IPEndPoint(IPAddress.Loopback, port), Options);
        _transport.Send(_socket, [], _peer.WriteInit([]));
        _transport.Receive(_socket, _message);
        _peer.ReadHello(_message.Payload);
        _transport.Send(_socket, [], _peer.WriteHello(null, isSigned: false));
        Say(Rogue.WriteWelcome());
        Say(FuzzPublisher.Encode(new AttachMessage(1, LaneKinds.Spy).Write));
        var fetch = FuzzPublisher.Encode(new FetchMessage(2, NodeLog.SpyLane, incarnation, 1, 1_000_000).Write);
        while (!stopToken.IsCancellationRequested)
        {
            Say(fetch);
            Asked++;
            Hear();
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _transport.Dispose();
        _peer.Dispose();
        _key.Dispose();
        _identity.Dispose();
    }

    private void Say(byte[] plaintext) => _transport.Send(_socket!, [], _peer.Seal(plaintext));

    private void Hear()
    {
        var before = Given;
        while (_socket!.TryReceive(_message) == ReceiveOutcome.Received)
        {
            var plaintext = _peer.Open(_message.Payload);
            _ = SessionMessage.TryReadType(plaintext, out var type);
            Given += SessionMessage.IsBulk(type) ? plaintext.Length : 0;
        }

        if (Given > before)
        {
            Say(FuzzPublisher.Encode(new CreditMessage((ulong)Given).Write));
        }
    }
}
