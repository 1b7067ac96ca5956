using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Trust;
using Mesh.Core.Wire.Messages;
using Mesh.Tests.Core.Sessions;
using Mesh.Tests.Core.Wire;
using Mesh.Tests.Support;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>From Init to WELCOME, both sides of it, with a peer that has true keys.</summary>
internal sealed class HandshakeTarget : IFuzzTarget
{
    private const int HubSeed = 11;
    private const int RogueSeed = 12;
    private const int OtherSeed = 13;
    private const int CheckEvery = 16;
    private const int Pending = 1;
    private const int Invited = 2;
    private const int Standings = 3;

    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(10);
    private static readonly int Stages = Enum.GetValues<HandshakeStage>().Length;

    private readonly byte[] _inviteSecret = new byte[KeyDerivation.InviteSecretBytes];
    private readonly byte[] _inviteId = new byte[KeyDerivation.InviteIdBytes];
    private readonly byte[] _invitePsk = new byte[KeyDerivation.KeyBytes];
    private readonly MeshKey _key;
    private readonly List<NodeIdentity> _identities = [];
    private readonly LocalNode _hub;
    private readonly LocalNode _peer;
    private readonly LocalNode _other;
    private HandshakeLab _lab = null!;
    private RoguePeer _rogue = null!;
    private byte[] _message = [];
    private bool _isDialler;
    private int _runs;

    public HandshakeTarget()
    {
        var primitives = new SeededPrimitives(PrimitivesProvider.Load(), HubSeed);
        _key = MeshKey.FromName(primitives, "lab");
        _hub = Local(primitives, "hub");
        _peer = Local(primitives, "peer");
        _other = Local(primitives, "other");
        KeyDerivation.DeriveInviteId(_inviteSecret, _inviteId);
        KeyDerivation.DeriveInvitePresharedKey(_inviteSecret, _invitePsk);
    }

    public string Name => "handshake";

    public int SelectorBytes => 2;

    public IReadOnlyList<byte[]> MakeCorpus(Random random)
    {
        var corpus = new List<byte[]>();
        byte[][] cases = [.. HandshakeCases.All.Select(codec => codec.Make(random))];
        for (var standing = 0; standing < Standings; standing++)
        {
            Add(HandshakeStage.Listening, standing, corpus, [.. cases, Init(standing), Init(0)]);
            Add(HandshakeStage.Answered, standing, corpus, [.. cases, Message(HandshakeStage.AnsweredHello, standing)]);
            byte[] hello = [.. _rogue.UnsignedHello()];
            Add(HandshakeStage.AnsweredHello, standing, corpus, [cases[^1]]);
            Add(HandshakeStage.AnsweredSigned, standing, corpus, [hello, hello]);
            Add(HandshakeStage.Finished, standing, corpus, [cases[4], Message(HandshakeStage.FinishedWord, standing)]);
            Add(HandshakeStage.FinishedWord, standing, corpus, [Welcome(), FuzzPublisher.Encode(Refuse)]);
        }

        Add(HandshakeStage.Dialling, 0, corpus, [.. cases, Message(HandshakeStage.DiallingHello, 0)]);
        byte[] answer = [.. _rogue.UnsignedHello()];
        Add(HandshakeStage.DiallingHello, 0, corpus, [cases[^1]]);
        Add(HandshakeStage.DiallingSigned, 0, corpus, [answer, answer, answer]);
        Add(HandshakeStage.Dialled, 0, corpus, [cases[4], Message(HandshakeStage.DialledWord, 0)]);
        Add(HandshakeStage.DialledWord, 0, corpus, [Welcome(), FuzzPublisher.Encode(Refuse)]);
        Add(HandshakeStage.Open, 0, corpus, [.. cases, Message(HandshakeStage.FinishedWord, 0)]);
        return corpus;
    }

    public void Prepare(byte[] input)
    {
        var stage = (HandshakeStage)(input.Length > 0 ? input[0] % Stages : 0);
        var standing = input.Length > 1 ? input[1] % Standings : 0;
        Build(stage, standing, input.AsSpan(Math.Min(2, input.Length)).ToArray());
        _runs++;
    }

    public void Run()
    {
        if (_isDialler)
        {
            _lab.HearDialled(_message);
        }
        else
        {
            _lab.Hear(_message);
        }

        _lab.Hub.Poll(_lab.Now);
    }

    public string? Check()
    {
        if (_runs % CheckEvery != 0)
        {
            return null;
        }

        // Whatever the input left behind is given up, and somebody else is let in.
        _lab.Now += Linger;
        _lab.Hub.Poll(_lab.Now);
        _lab.Trust.Accept(_other.Identity.Id);
        using var other = new RoguePeer(_other, HandshakeRole.Initiator, _key.PresharedKey.ToArray(), OtherSeed);
        _lab.Hear(other.WriteInit([]), isOther: true);
        if (_lab.SaidTo(isOther: true).Count == 0)
        {
            return "a valid Init afterwards is not answered";
        }

        other.ReadHello(_lab.SaidTo(isOther: true).Dequeue());
        _lab.Hear(other.WriteHello(null, isSigned: false), isOther: true);
        _lab.Hear(other.Seal(Welcome()), isOther: true);
        return _lab.Hub.TryGetOwner(_other.Identity.Id, out _) ? null : "a valid peer afterwards gets no session";
    }

    public void Dispose()
    {
        _lab?.Dispose();
        _rogue?.Dispose();
        _identities.ForEach(identity => identity.Dispose());
        _key.Dispose();
    }

    private static void Add(HandshakeStage stage, int standing, List<byte[]> corpus, byte[][] payloads) =>
        corpus.AddRange(payloads.Select(payload => (byte[])[(byte)stage, (byte)standing, .. payload]));

    private static byte[] Welcome() => FuzzPublisher.Encode(
        static (ref writer) => SessionPair.WelcomeOf("peer", Rights.Watch).Write(ref writer));

    private static void Refuse(ref Mesh.Core.Wire.MessagePack.MessageWriter writer) =>
        new RefuseMessage(RefuseCode.Stale, 1_000, 2_000, "text").Write(ref writer);

    private LocalNode Local(SeededPrimitives primitives, string name)
    {
        var identity = NodeIdentity.Create(primitives);
        _identities.Add(identity);
        return HandshakeLab.MakeLocal(identity, _key, name);
    }

    private byte[] Init(int standing)
    {
        Build(HandshakeStage.Answered, standing, []);
        return _rogue.WriteInit(standing == Invited ? _inviteId : []);
    }

    // The valid message of a stage, as it is on the wire.
    private byte[] Message(HandshakeStage stage, int standing)
    {
        var payload = stage is HandshakeStage.FinishedWord or HandshakeStage.DialledWord ? Welcome() : null;
        Build(stage, standing, payload);
        return _message;
    }

    private void Build(HandshakeStage stage, int standing, byte[]? payload)
    {
        _lab?.Dispose();
        _rogue?.Dispose();
        _lab = new HandshakeLab(_hub, HubSeed);
        _isDialler = stage is >= HandshakeStage.Dialling and <= HandshakeStage.DialledWord;
        var isInvited = standing == Invited && !_isDialler;
        var role = _isDialler ? HandshakeRole.Responder : HandshakeRole.Initiator;
        _rogue = new RoguePeer(_peer, role, isInvited ? _invitePsk : _key.PresharedKey.ToArray(), RogueSeed);
        if (_isDialler)
        {
            BuildDialler(stage, payload);
        }
        else
        {
            BuildListener(stage, standing, payload);
        }
    }

    private void BuildListener(HandshakeStage stage, int standing, byte[]? payload)
    {
        _lab.Trust.AddInvite(_inviteSecret, Rights.Watch, TimeSpan.FromDays(1));
        if (standing is not (Pending or Invited))
        {
            _lab.Trust.Accept(_peer.Identity.Id);
        }

        _message = payload ?? [];
        if (stage == HandshakeStage.Listening)
        {
            return;
        }

        _lab.Hear(_rogue.WriteInit(standing == Invited ? _inviteId : []));
        if (stage == HandshakeStage.Answered)
        {
            return;
        }

        _rogue.ReadHello(_lab.SaidTo().Dequeue());
        if (stage is HandshakeStage.AnsweredHello or HandshakeStage.AnsweredSigned)
        {
            _message = _rogue.WriteHello(payload, stage == HandshakeStage.AnsweredSigned);
            return;
        }

        _lab.Hear(_rogue.WriteHello(null, isSigned: false));
        if (stage == HandshakeStage.FinishedWord)
        {
            _message = _rogue.Seal(payload);
        }
        else if (stage == HandshakeStage.Open)
        {
            _lab.Hear(_rogue.Seal(Welcome()));
        }
    }

    private void BuildDialler(HandshakeStage stage, byte[]? payload)
    {
        _rogue.ReadInit(_lab.Dial(_peer.Identity.Id));
        _message = payload ?? [];
        if (stage == HandshakeStage.Dialling)
        {
            return;
        }

        if (stage is HandshakeStage.DiallingHello or HandshakeStage.DiallingSigned)
        {
            _message = _rogue.WriteHello(payload, stage == HandshakeStage.DiallingSigned);
            return;
        }

        _lab.HearDialled(_rogue.WriteHello(null, isSigned: false));
        _rogue.ReadHello(_lab.Dialled!.Sent.Dequeue());
        if (stage == HandshakeStage.DialledWord)
        {
            _message = _rogue.Seal(payload);
        }
    }
}
