using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Logs;
using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Transport;
using Mesh.Core.Trust;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.Messages;
using Mesh.Tests.Fuzzing.Targets;

namespace Mesh.Tests.Core.Hostile;

// Handshakes and sessions.
internal sealed partial class LimitLab
{
    private static readonly SessionOptions Limits = new();

    /// <summary>A first message of the greatest length.</summary>
    public Action PreSessionMessage()
    {
        var rogue = Stranger();
        rogue.Connect();
        rogue.Send(InitOf(WireLimits.MaxPreSessionMessageBytes));
        return () => rogue.Send(InitOf(WireLimits.MaxPreSessionMessageBytes + 1));
    }

    /// <summary>A session message of the greatest length.</summary>
    public Action SessionMessage()
    {
        var rogue = Friend();
        rogue.Say(Unknown(WireLimits.MaxSessionMessageBytes));
        return () => rogue.Say(Unknown(WireLimits.MaxSessionMessageBytes + 1));
    }

    /// <summary>As much bulk acknowledged as was sent: nothing.</summary>
    public Action Credit()
    {
        var rogue = Friend();
        rogue.Say(FuzzPublisher.Encode(new CreditMessage(0).Write));
        return () => rogue.Say(FuzzPublisher.Encode(new CreditMessage(1).Write));
    }

    /// <summary>As many heads as a peer may be granted lanes.</summary>
    public Action Heads()
    {
        static byte[] Ping(int count) => FuzzPublisher.Encode(
            new PingMessage(1, 2, [.. Enumerable.Repeat(new LaneHead(1, 1, 1, 1), count)]).Write);

        var rogue = Friend();
        rogue.Say(Ping(WireLimits.MaxGrantedLanes));
        return () => rogue.Say(Ping(WireLimits.MaxGrantedLanes + 1));
    }

    /// <summary>As many sessions as a node has: of many ids, each with as many guests as it may have.</summary>
    public Action Sessions()
    {
        var guests = new List<Rogue>();
        void OpenGuest()
        {
            if (guests.Count % Limits.MaxGuestsPerPeer == 0)
            {
                NewIdentity();
            }

            guests.Add(OpenOneGuest());
            if (guests.Count % 200 == 0)
            {
                guests.ForEach(guest => guest.Say(FuzzPublisher.Encode(new PingMessage(1, 2, []).Write)));
            }
        }

        Times(Limits.MaxSessions, OpenGuest);
        return OpenGuest;
    }

    /// <summary>As many guests as an id may have.</summary>
    public Action Guests()
    {
        NewIdentity();
        Times(Limits.MaxGuestsPerPeer, () => OpenOneGuest());
        return () => OpenOneGuest();
    }

    /// <summary>As many handshakes as may be half open, those of friends included.</summary>
    public Action HalfOpen()
    {
        var friends = Enumerable.Range(1, 3).Select(host => new IPAddress([10, 7, 0, (byte)host])).ToArray();
        var rogue = Stranger();
        Node.Accept(rogue.Id, [.. friends.Select(address => new IPEndPoint(address, 1))]);
        Times(Limits.MaxHalfOpen - Limits.ReservedHalfOpen, () => Begin(rogue, NextSource()));
        Times(Limits.MaxHalfOpenPerAddress, () => Begin(rogue, friends[0]));
        Times(Limits.MaxHalfOpenPerAddress, () => Begin(rogue, friends[1]));
        return () => Begin(rogue, friends[2]);
    }

    /// <summary>As many handshakes as one address may have half open.</summary>
    public Action HalfOpenOfAnAddress()
    {
        var rogue = Stranger();
        var source = NextSource();
        Times(Limits.MaxHalfOpenPerAddress, () => Begin(rogue, source));
        return () => Begin(rogue, source);
    }

    /// <summary>As many key agreements as strangers get in a second; each handshake ends at once.</summary>
    public Action Agreements()
    {
        var rogue = Stranger();
        void BeginAndEnd()
        {
            Begin(rogue, NextSource());
            rogue.Send([0x92, (byte)PreSessionMessageType.Fin, 0xC4, 0]);
        }

        Times(Limits.MaxAgreementsPerSecond, BeginAndEnd);
        return BeginAndEnd;
    }

    /// <summary>A handshake as old as it may become.</summary>
    public Action HandshakeAge()
    {
        Begin(Stranger(), NextSource());
        Pass(Limits.HandshakeTimeout - TimeSpan.FromMilliseconds(1));
        return () => Pass(TimeSpan.FromMilliseconds(1));
    }

    /// <summary>As many strangers as may wait.</summary>
    public Action Pending()
    {
        Times(TrustStore.MaxPending, OpenStranger);
        return OpenStranger;

        void OpenStranger()
        {
            Pass(TimeSpan.FromMilliseconds(50));
            var rogue = Stranger();
            rogue.Source = NextSource();
            rogue.Open();
        }
    }

    /// <summary>Answers up to the greatest queue, to somebody who takes none.</summary>
    public Action Queue()
    {
        var rogue = Friend();
        var attach = FuzzPublisher.Encode(new AttachMessage(1, LaneKinds.Spy).Write);
        Router.IsBlocked = true;
        var session = Node.Hub.Sessions.Single();
        rogue.Say(attach);
        var answer = session.QueuedBytes;
        while (session.QueuedBytes + (2 * answer) < Limits.MaxQueuedBytes)
        {
            rogue.Say(attach);
        }

        return () => Times(3, () => rogue.Say(attach));
    }

    /// <summary>As many requests as may wait, none of them answered.</summary>
    public Action Fetches()
    {
        var chart = Node.HostChart("chart");
        Times(5_000, () => chart.Dispatch(Support.ProducerChart.A));
        Pass(TimeSpan.FromMilliseconds(50));
        var rogue = Friend();
        rogue.Say(FuzzPublisher.Encode(new AttachMessage(1, LaneKinds.Spy).Write));
        Router.IsBlocked = true;
        var fetch = FuzzPublisher.Encode(
            new FetchMessage(2, NodeLog.SpyLane, Node.Parts.Local.Incarnation, 1, 1_000).Write);
        Times(WireLimits.MaxOutstandingFetches, () => rogue.Say(fetch));
        return () => rogue.Say(fetch);
    }

    private TappedSocket Router => Node.Transport.Open(SocketKind.Router)[0];

    private Rogue Stranger() => Opened(Rogue.Stranger(Node));

    private Rogue Friend()
    {
        var rogue = Stranger();
        Node.Accept(rogue.Id);
        rogue.Open();
        return rogue;
    }

    private static void Begin(Rogue rogue, IPAddress source)
    {
        rogue.Source = source;
        rogue.Send(rogue.WriteInit());
    }

    private void NewIdentity()
    {
        _identity?.Dispose();
        _identity = NodeIdentity.Create(PrimitivesProvider.Load());
        Node.Accept(_identity.Id);
    }

    private Rogue OpenOneGuest()
    {
        Pass(TimeSpan.FromMilliseconds(21));
        var guest = Opened(Rogue.Guest(Node, _identity!));
        guest.Source = NextSource();
        guest.Open();
        return guest;
    }

    private void Pass(TimeSpan time)
    {
        _mesh.Time.Advance(time);
        Node.Turn();
    }

    private static byte[] InitOf(int length)
    {
        static byte[] Write(int noise) => FuzzPublisher.Encode((ref writer) =>
            new InitMessage { MinVersion = 1, MaxVersion = 1, Noise = new byte[noise] }.Write(ref writer));

        return Write(1_000 + length - Write(1_000).Length);
    }

    // A message of a later version, to be skipped.
    private static byte[] Unknown(int length) =>
        [0x92, 0x7F, 0xC6, 0, (byte)((length - 7) >> 16), (byte)((length - 7) >> 8), (byte)(length - 7),
            .. new byte[length - 7]];
}
