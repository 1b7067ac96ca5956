using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Trust;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.Messages;

namespace Mesh.Tests.Core.Sessions;

/// <summary>Two sessions with equal keys, each with a link of its own that a test looks into.</summary>
internal sealed class SessionPair
{
    private const Rights Both = Rights.Trace | Rights.Spy;

    public SessionPair(SessionOptions? options = null, TimeSpan now = default)
    {
        Options = (options ?? new SessionOptions()).Validated();
        Now = now;
        var primitives = PrimitivesProvider.Load();
        var one = new byte[32];
        var two = new byte[32];
        two[0] = 1;
        Left = New(LeftLink, new SessionCipher(primitives, one), new SessionCipher(primitives, two));
        Right = New(RightLink, new SessionCipher(primitives, two), new SessionCipher(primitives, one));
    }

    public SessionOptions Options { get; }

    public TimeSpan Now { get; set; }

    public Session Left { get; }

    public Session Right { get; }

    public RecordingLink LeftLink { get; } = new();

    public RecordingLink RightLink { get; } = new();

    /// <summary>What the sessions gave to their owners, as "side type".</summary>
    public List<string> Facts { get; } = [];

    /// <summary>The last message that an owner was given.</summary>
    public byte[] LastMessage { get; private set; } = [];

    /// <summary>A pair that has opened.</summary>
    public static SessionPair Opened(SessionOptions? options = null, TimeSpan now = default)
    {
        var pair = new SessionPair(options, now);
        pair.Left.Welcome(WelcomeOf("left", Both));
        pair.Right.Welcome(WelcomeOf("right", Both));
        pair.Exchange();
        pair.Facts.Clear();
        return pair;
    }

    public static WelcomeMessage WelcomeOf(string name, Rights rights, SessionLimits? limits = null) => new()
    {
        Rights = (uint)rights,
        Name = name,
        Limits = limits ?? SessionLimits.Default,
        SessionPort = 21750,
        FramePort = 21751,
        Known = 0,
    };

    /// <summary>Lets both sides send and receive until nothing is left.</summary>
    public void Exchange()
    {
        do
        {
            Left.Flush(Now);
            Right.Flush(Now);
        }
        while (Deliver(LeftLink, Right, "right") | Deliver(RightLink, Left, "left"));
    }

    /// <summary>Moves the time in small steps, polls both sides and lets them talk.</summary>
    public void Run(TimeSpan length)
    {
        for (var end = Now + length; Now < end;)
        {
            Now += TimeSpan.FromMilliseconds(100);
            Left.Poll(Now);
            Right.Poll(Now);
            Exchange();
        }
    }

    /// <summary>Gives a side one sealed message.</summary>
    public SessionFact Receive(Session session, ReadOnlySpan<byte> message)
    {
        SealedMessage.TryRead(message, out var sealedMessage);
        var fact = session.Receive(sealedMessage.Ciphertext, Now, out var type, out var plaintext);
        LastMessage = plaintext.ToArray();
        var side = session == Left ? "left" : "right";
        if (fact != SessionFact.None)
        {
            Facts.Add(fact == SessionFact.Message ? $"{side} {type}" : $"{side} {fact}");
        }

        return fact;
    }

    private bool Deliver(RecordingLink from, Session to, string side)
    {
        var any = false;
        while (from.Sent.TryDequeue(out var message))
        {
            any = true;
            Receive(to, message);
        }

        return any;
    }

    private Session New(RecordingLink link, SessionCipher sending, SessionCipher receiving)
    {
        var peer = new HandshakePeer
        {
            Id = default,
            Instance = default,
            Kind = InstanceKind.Owner,
            Incarnation = 1,
            SigningPublicKey = new byte[32],
        };
        var setup = new SessionSetup
        {
            Peer = peer,
            Link = link,
            Sending = sending,
            Receiving = receiving,
            IsDialled = link == LeftLink,
            Binding = 7,
        };
        return new Session(setup, Options, new SessionBuffers(), new ReadyList(), Now);
    }
}
