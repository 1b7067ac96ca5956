using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Wire.Beacons;

namespace Mesh.Core.Discovery;

/// <summary>
/// Beacons as a state machine: datagrams and time in, seen nodes and datagrams out. Single threaded, no I/O.
/// </summary>
/// <param name="identity">Whose beacons are sent and ignored.</param>
/// <param name="meshKey">The generation that is sent and heard.</param>
/// <param name="primitives">Signatures and nonces.</param>
/// <param name="random">Jitter, and which seeks are answered.</param>
internal sealed class NodeDiscovery(
    NodeIdentity identity,
    MeshKey meshKey,
    IPrimitives primitives,
    Random random)
{
    /// <summary>Answers waiting to be sent; later ones are not given.</summary>
    public const int MaxAnswers = 64;

    private static readonly TimeSpan MinMemory = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromSeconds(5);

    private readonly NodeId _id = identity.Id;
    private BeaconSeal _seal = new(identity, meshKey, primitives);
    private readonly SourceBudget _budget = new();
    private readonly SeenTable _seen = new();
    private readonly Queue<IPEndPoint> _answers = [];
    private readonly long[] _counts = new long[Enum.GetValues<BeaconResult>().Length];
    private BeaconContent? _own;
    private ulong _sequence;
    private int _sentCount;
    private TimeSpan _nextSend = TimeSpan.MaxValue;
    private TimeSpan _nextForget;

    /// <summary>Whether a node is accepted: there is always room for its beacons. Default: none is.</summary>
    public Func<NodeId, bool> IsAccepted { get; init; } = static _ => false;

    /// <summary>Whether an accepted peer is known to be at an address. Default: none is.</summary>
    public Func<IPAddress, bool> IsFriend { get; init; } = static _ => false;

    /// <summary>
    /// The greatest incarnation that a node has proved to this one, in this run or before: beacons of earlier ones are
    /// replays. Default: none is known.
    /// </summary>
    public Func<NodeId, ulong> ProvenIncarnation { get; init; } = static _ => 0;

    /// <summary>Whether the beacons written from now on say that this node accepts strangers.</summary>
    public bool AcceptsStrangers { get; set; }

    /// <summary>The broadcast addresses of this machine's networks, which no node can be dialled at.</summary>
    public IReadOnlyCollection<IPAddress> Broadcasts { get; set; } = [];

    /// <summary>A node was seen afresh: a new one, a new incarnation of it, or a new address.</summary>
    public event Action<SeenNode>? Fresh;

    /// <summary>Every node that is remembered.</summary>
    public IReadOnlyCollection<SeenNode> Seen => _seen.Nodes;

    /// <summary>When <see cref="IsDue"/> becomes true without a datagram.</summary>
    public TimeSpan NextDeadline => _nextSend < _nextForget ? _nextSend : _nextForget;

    /// <summary>Datagrams by what became of them.</summary>
    /// <param name="result">The outcome that is counted.</param>
    public long Count(BeaconResult result) => _counts[(int)result];

    /// <summary>Looks up a seen node.</summary>
    /// <param name="id">The node.</param>
    /// <returns>Its row, or null.</returns>
    public SeenNode? Find(NodeId id) => _seen.Find(id);

    /// <summary>
    /// Begins to send, with three quick beacons that ask for answers. Without it a node only listens.
    /// </summary>
    /// <param name="own">Ports, endpoints and incarnation; sequence and flags are set here.</param>
    /// <param name="now">Monotonic.</param>
    public void Announce(BeaconContent own, TimeSpan now)
    {
        _own = own;
        _sentCount = 0;
        _nextSend = now;
    }

    /// <summary>Goes over to another mesh: sends and hears its beacons from now on, and asks for answers.</summary>
    /// <param name="key">The mesh's key; must outlive this object.</param>
    /// <param name="now">Monotonic.</param>
    public void MoveTo(MeshKey key, TimeSpan now)
    {
        _seal = new BeaconSeal(identity, key, primitives);
        Seek(now);
    }

    /// <summary>Sends at once and asks for answers: an interface came up, or somebody is looked for.</summary>
    /// <param name="now">Monotonic.</param>
    public void Seek(TimeSpan now)
    {
        if (_own is not null)
        {
            _sentCount = 0;
            _nextSend = now;
        }
    }

    /// <summary>Whether a beacon is to be sent on every interface now; says so once for each beacon.</summary>
    /// <param name="now">Monotonic.</param>
    public bool IsDue(TimeSpan now)
    {
        ForgetSilent(now);
        if (now < _nextSend)
        {
            return false;
        }

        _sentCount++;
        _nextSend = now + BeaconSchedule.Next(_sentCount, _seen.CountedNodes, random);
        return true;
    }

    /// <summary>Writes one datagram, with a sequence and a nonce of its own: one for each interface.</summary>
    /// <param name="destination">At least 480 bytes.</param>
    /// <param name="isAnswer">Whether it goes to one seeker instead of everybody.</param>
    /// <returns>The length in bytes.</returns>
    public int Write(Span<byte> destination, bool isAnswer)
    {
        var own = _own ?? throw new InvalidOperationException("A node that was not announced sends no beacon.");
        var content = own with
        {
            Sequence = ++_sequence,
            IsSeek = !isAnswer && _sentCount <= BeaconSchedule.QuickCount,
            IsAnswer = isAnswer,
            AcceptsStrangers = AcceptsStrangers,
        };
        return _seal.Write(destination, content);
    }

    /// <summary>Takes the next seeker that is to be answered.</summary>
    /// <param name="seeker">Its private port.</param>
    /// <returns>False when nobody waits.</returns>
    public bool TryTakeAnswer(out IPEndPoint? seeker) => _answers.TryDequeue(out seeker);

    /// <summary>Takes a datagram from the network, the cheapest check first.</summary>
    /// <param name="datagram">Any length, untrusted.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="now">Monotonic.</param>
    /// <returns>What became of it; counted.</returns>
    public BeaconResult Receive(ReadOnlySpan<byte> datagram, IPEndPoint source, TimeSpan now)
    {
        var result = ReceiveCore(datagram, source, now);
        _counts[(int)result]++;
        return result;
    }

    private BeaconResult ReceiveCore(ReadOnlySpan<byte> datagram, IPEndPoint source, TimeSpan now)
    {
        if (!BeaconEnvelope.TryRead(datagram, out var envelope))
        {
            return BeaconResult.Foreign;
        }

        if (!_budget.TryTake(source.Address, IsFriend(source.Address), now))
        {
            return BeaconResult.RateLimited;
        }

        Span<byte> plaintext = stackalloc byte[BeaconEnvelope.MaxBodyBytes];
        var opened = _seal.TryOpen(envelope, plaintext, out var body);
        if (opened != BeaconResult.Seen)
        {
            return opened;
        }

        // What is announced can be dialled.
        var endpoint = new IPEndPoint(source.Address, body.SessionPort);
        if (!SignedEndpoint.IsDialable(endpoint, source.Address, Broadcasts))
        {
            return BeaconResult.Malformed;
        }

        var id = NodeId.FromKeys(body.EdPublicKey, body.XPublicKey);
        if (id == _id)
        {
            return BeaconResult.Own;
        }

        if ((_seen.Find(id) is { } known && !known.IsNewer(body.Incarnation, body.Sequence))
            || body.Incarnation < ProvenIncarnation(id))
        {
            return BeaconResult.Stale;
        }

        return _seal.IsSigned(body) ? Accept(id, ContentOf(body, source.Address), source, now) : BeaconResult.Forged;
    }

    private BeaconResult Accept(NodeId id, BeaconContent content, IPEndPoint source, TimeSpan now)
    {
        if (_seen.FindOrAdd(id, source.Address, IsAccepted(id)) is not { } node)
        {
            return BeaconResult.Full;
        }

        var isFresh = node.Update(content, source.Address, now);
        AnswerSeek(content, source.Address);
        if (isFresh)
        {
            Fresh?.Invoke(node);
        }

        return BeaconResult.Seen;
    }

    private BeaconContent ContentOf(in BeaconBody body, IPAddress source) => new()
    {
        Incarnation = body.Incarnation,
        Sequence = body.Sequence,
        SessionPort = body.SessionPort,
        FramePort = body.FramePort,
        PrivatePort = body.PrivatePort,
        Endpoints = [.. body.Endpoints.Where(endpoint => SignedEndpoint.IsDialable(endpoint, source, Broadcasts))],
        IsSeek = body.Flags.HasFlag(BeaconFlags.Seek),
        IsAnswer = body.Flags.HasFlag(BeaconFlags.Answer),
        AcceptsStrangers = body.Flags.HasFlag(BeaconFlags.AcceptsStrangers),
    };

    // An answer goes only to where the question came from, and is no longer than it: nothing to reflect or amplify.
    private void AnswerSeek(BeaconContent beacon, IPAddress source)
    {
        if (_own is not null
            && beacon is { IsSeek: true, PrivatePort: > 0 }
            && _answers.Count < MaxAnswers
            && BeaconSchedule.Answers(_seen.CountedNodes, random))
        {
            _answers.Enqueue(new IPEndPoint(source, beacon.PrivatePort));
        }
    }

    private void ForgetSilent(TimeSpan now)
    {
        if (now < _nextForget)
        {
            return;
        }

        _nextForget = now + ForgetInterval;
        var memory = 5 * BeaconSchedule.Interval(_seen.CountedNodes);
        _seen.Forget(now - (memory > MinMemory ? memory : MinMemory));
    }
}
