using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Trust;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.MessagePack;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

public sealed class HandshakeTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];

    private readonly IPrimitives _primitives = PrimitivesProvider.Load();
    private readonly LabTrust _trust = new();
    private readonly LocalNode _one;
    private readonly LocalNode _two;

    public HandshakeTests()
    {
        _one = New("one");
        _two = New("two");
    }

    [TestCase(true, true)]
    [TestCase(false, true)]
    [TestCase(true, false)]
    public void Complete_GivesBothSidesEachOther_WhenAllIsWell(bool oneIsOwner, bool twoIsOwner)
    {
        var one = New("one", oneIsOwner ? InstanceKind.Owner : InstanceKind.Guest);
        var two = New("two", twoIsOwner ? InstanceKind.Owner : InstanceKind.Guest);

        var run = Run(one, two, expected: two.Identity.Id);

        Assert.That(run.Results, Is.All.EqualTo(HandshakeResult.Passed));
        var (left, right) = (run.Initiator.Complete(), run.Responder.Complete());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(left.Peer.Key, Is.EqualTo(two.InstanceKey));
            Assert.That(right.Peer.Key, Is.EqualTo(one.InstanceKey));
            Assert.That(right.Peer.Kind, Is.EqualTo(one.Kind));
            Assert.That(right.Peer.Incarnation, Is.EqualTo(one.Incarnation));
            Assert.That(right.Peer.SigningPublicKey.Span.SequenceEqual(one.Identity.Signing.PublicKey), Is.True);
            Assert.That(left.Binding, Is.EqualTo(right.Binding));
            Assert.That(CanTalk(left, right) && CanTalk(right, left), Is.True);
        }
    }

    [Test]
    public void ReadResp_StopsBeforeFin_WhenAnotherNodeAnswers()
    {
        var run = Run(_one, _two, expected: New("three").Identity.Id);

        Assert.That(
            run.Results,
            Is.EqualTo([HandshakeResult.Passed, HandshakeResult.Passed, HandshakeResult.WrongNode]));
    }

    [Test]
    public void ReadResp_FindsOut_WhenThisProcessAnswers()
    {
        var run = Run(_one, _one, expected: null);

        Assert.That(run.Results[^1], Is.EqualTo(HandshakeResult.Self));
    }

    [Test]
    public void ReadInit_TurnsAway_WhoHasAnotherMeshKey()
    {
        _one.Key = MeshKey.FromName(_primitives, "elsewhere");

        Assert.That(Run(_one, _two).Results, Is.EqualTo([HandshakeResult.NotOpened]));

        _two.PreviousKey = _one.Key;
        Assert.That(Run(_one, _two).Results, Is.All.EqualTo(HandshakeResult.Passed), "while the key is being changed");
    }

    [Test]
    public void Invite_WorksWithoutACommonMeshKey()
    {
        _one.Key = MeshKey.FromName(_primitives, "elsewhere");
        _trust.AddInvite(Secret, Rights.Trace, TimeSpan.FromHours(1));

        var run = Run(_one, _two, _two.Identity.Id, Secret);

        Assert.That(run.Results, Is.All.EqualTo(HandshakeResult.Passed));
        Assert.That(run.Responder.InviteId.Length, Is.EqualTo(8));
    }

    [Test]
    public void ReadInit_TurnsAway_WhoNamesAnUnknownInvite() =>
        Assert.That(Run(_one, _two, null, Secret).Results, Is.EqualTo([HandshakeResult.UnknownInvite]));

    [Test]
    public void ReadInit_TurnsAway_WhoKnowsTheInvitesIdButNotItsSecret()
    {
        _trust.AddInvite(Secret, Rights.Trace, TimeSpan.FromHours(1));
        using var knowing = new InitiatorHandshake(_primitives, _one, null, Secret);
        using var guessing = new InitiatorHandshake(_primitives, _one, null, new byte[16]);
        Assert.That(InitMessage.TryRead(knowing.Init, out var honest), Is.True);
        Assert.That(InitMessage.TryRead(guessing.Init, out var other), Is.True);
        var bytes = new byte[256];
        scoped var writer = new MessageWriter(bytes);
        new InitMessage { MinVersion = 1, MaxVersion = 1, InviteId = honest.InviteId, Noise = other.Noise }
            .Write(ref writer);

        using var responder = new ResponderHandshake(_primitives, _two, _trust);

        Assert.That(responder.ReadInit(writer.Written, default), Is.EqualTo(HandshakeResult.NotOpened));
    }

    [TestCase(2, 2, "Version")]
    [TestCase(0, 0, "Version")]
    [TestCase(1, 2, "NotOpened")]
    [TestCase(0, 1, "NotOpened")]
    public void ReadInit_TurnsAway_WhenTheVersionsWereChangedOnTheWay(byte min, byte max, string expected)
    {
        using var initiator = new InitiatorHandshake(_primitives, _one, null);
        using var responder = new ResponderHandshake(_primitives, _two, _trust);
        var init = initiator.Init.ToArray();

        // [0x95, 0x10, min, max, …]
        (init[2], init[3]) = (min, max);

        Assert.That(responder.ReadInit(init, default).ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void Handshake_NeverPasses_WhenABitOfInitIsFlipped()
    {
        var length = new InitiatorHandshake(_primitives, _one, null).Init.Length;
        for (var bit = 0; bit < length * 8; bit++)
        {
            var flipped = bit;
            var run = Run(_one, _two, changeInit: message => Flip(message, flipped));
            Assert.That(run.Results[^1], Is.Not.EqualTo(HandshakeResult.Passed), $"bit {bit}");
        }
    }

    [Test]
    public void Handshake_NeverPasses_WhenABitOfRespIsFlipped()
    {
        var length = Run(_one, _two).Resp.Length;
        for (var index = 0; index < length; index++)
        {
            var flipped = (index * 8) + (index % 8);
            var run = Run(_one, _two, changeResp: message => Flip(message, flipped));
            Assert.That(run.Results[^1], Is.Not.EqualTo(HandshakeResult.Passed), $"bit {flipped}");
        }
    }

    [Test]
    public void Handshake_NeverPasses_WhenABitOfFinIsFlipped()
    {
        var length = Run(_one, _two).Fin.Length;
        for (var index = 0; index < length; index++)
        {
            var flipped = (index * 8) + (index % 8);
            var run = Run(_one, _two, changeFin: message => Flip(message, flipped));
            Assert.That(run.Results[^1], Is.Not.EqualTo(HandshakeResult.Passed), $"bit {flipped}");
        }
    }

    [Test]
    public void Handshake_NeverPasses_WhenAMessageIsOfAnotherRun()
    {
        var old = Run(_one, _two);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Run(_one, _two, changeInit: _ => old.Init).Results[^1], Is.EqualTo(HandshakeResult.NotOpened));
            Assert.That(Run(_one, _two, changeResp: _ => old.Resp).Results[^1], Is.EqualTo(HandshakeResult.NotOpened));
            Assert.That(Run(_one, _two, changeFin: _ => old.Fin).Results[^1], Is.EqualTo(HandshakeResult.NotOpened));
        }
    }

    [Test]
    public void Handshake_DoesNotThrow_WhenAMessageIsCutShort()
    {
        var whole = Run(_one, _two);
        for (var length = 0; length < whole.Fin.Length; length++)
        {
            var cut = length;
            Assert.That(
                Run(_one, _two, changeFin: message => message[..cut]).Results[^1],
                Is.EqualTo(HandshakeResult.Malformed));
        }

        for (var length = 0; length < whole.Init.Length; length++)
        {
            var cut = length;
            Assert.That(
                Run(_one, _two, changeInit: message => message[..cut]).Results,
                Is.EqualTo([HandshakeResult.Malformed]));
        }
    }

    [Test]
    public void ReadResp_RefusesASignature_ByAnotherKeyThanTheHelloNames()
    {
        using var initiator = new InitiatorHandshake(_primitives, _one, null);

        var result = initiator.ReadResp(RespOfAThief(initiator.Init, HandshakeRole.Responder, _two));

        Assert.That(result, Is.EqualTo(HandshakeResult.BadSignature));
    }

    [Test]
    public void ReadResp_RefusesASignature_MadeForTheOtherRole()
    {
        using var initiator = new InitiatorHandshake(_primitives, _one, null);
        var thief = New("thief");

        var wrong = initiator.ReadResp(RespOfAThief(initiator.Init, HandshakeRole.Initiator, thief, thief));

        Assert.That(wrong, Is.EqualTo(HandshakeResult.BadSignature));
    }

    [Test]
    public void ReadResp_TakesTheNameOfNobodyElse_WhenTheVictimIsExpected()
    {
        using var initiator = new InitiatorHandshake(_primitives, _one, _two.Identity.Id);

        var result = initiator.ReadResp(RespOfAThief(initiator.Init, HandshakeRole.Responder, _two));

        Assert.That(result, Is.EqualTo(HandshakeResult.WrongNode));
    }

    private static byte[] Flip(byte[] message, int bit)
    {
        message[bit / 8] ^= (byte)(1 << (bit % 8));
        return message;
    }

    private static bool CanTalk(HandshakeOutcome from, HandshakeOutcome to)
    {
        var ciphertext = new byte[3 + SessionCipher.OverheadBytes];
        var plaintext = new byte[3];
        from.Sending.Seal([1, 2, 3], ciphertext);
        return to.Receiving.TryOpen(ciphertext, plaintext) && plaintext is [1, 2, 3];
    }

    private LocalNode New(string name, InstanceKind kind = InstanceKind.Owner) => new()
    {
        Identity = NodeIdentity.Create(_primitives),
        Instance = InstanceId.Create(_primitives),
        Kind = kind,
        Incarnation = kind == InstanceKind.Owner ? 1000UL : 0,
        Name = name,
        Key = MeshKey.FromName(_primitives, MeshKey.DefaultName),
    };

    private HandshakeRun Run(
        LocalNode one,
        LocalNode two,
        NodeId? expected = null,
        byte[]? secret = null,
        Func<byte[], byte[]>? changeInit = null,
        Func<byte[], byte[]>? changeResp = null,
        Func<byte[], byte[]>? changeFin = null)
    {
        var run = new HandshakeRun(
            new InitiatorHandshake(_primitives, one, expected, secret),
            new ResponderHandshake(_primitives, two, _trust));
        run.Go(changeInit, changeResp, changeFin);
        return run;
    }

    // A responder that holds its own X25519 key and claims the Ed25519 key of a victim.
    private byte[] RespOfAThief(
        ReadOnlySpan<byte> init, HandshakeRole role, LocalNode victim, LocalNode? thief = null)
    {
        thief ??= New("thief");
        InitMessage.TryRead(init, out var message);
        using var noise = new NoiseHandshake(_primitives, new NoiseParameters
        {
            IsInitiator = false,
            StaticKey = thief.Identity.Agreement,
            PresharedKey = thief.Key.PresharedKey.ToArray(),
            Prologue = (byte[])[.. "mesh/1"u8, .. message.PrologueBytes],
        });
        noise.ReadMessage(message.Noise, new byte[256], out _);
        var bytes = new byte[WireLimits.MaxPreSessionMessageBytes];
        noise.WriteTokens(bytes, out var length);

        var hello = new byte[HelloPayload.MaxBytes];
        scoped var writer = new MessageWriter(hello);
        var fields = new HelloPayload
        {
            Version = 1,
            EdPublicKey = victim.Identity.Signing.PublicKey,
            Instance = new byte[16],
            Kind = InstanceKind.Owner,
            Incarnation = 1,
        }.WriteSigned(ref writer);
        var signature = new byte[64];
        byte[] signed = [.. "mesh/1 session"u8, (byte)role, .. noise.HandshakeHash, .. fields];
        thief.Identity.Signing.Sign(signed, signature);
        writer.WriteBinary(signature);
        length += noise.WritePayload(writer.Written, bytes.AsSpan(length));

        var resp = new byte[WireLimits.MaxPreSessionMessageBytes];
        scoped var respWriter = new MessageWriter(resp);
        new RespMessage { Noise = bytes.AsSpan(0, length) }.Write(ref respWriter);
        return respWriter.Written.ToArray();
    }
}
