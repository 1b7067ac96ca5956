using System.Buffers.Binary;
using System.Net;
using Mesh.Core.Logs;
using Mesh.Core.Runtime;
using Mesh.Core.Sealing;
using Mesh.Core.Transport;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Messages;
using Mesh.Core.Wire.Records;
using Mesh.Tests.Fuzzing.Targets;

namespace Mesh.Tests.Core.Hostile;

// Frames that the node reads, and topics that it is asked for.
internal sealed partial class LimitLab
{
    // Behind what the publisher has.
    private const ulong FirstFree = 500;

    private const int CountOffset = 3 + 31;

    private readonly byte[] _frame = new byte[WireLimits.MaxFrameBytes];

    /// <summary>A frame of the greatest length, in an answer.</summary>
    public Action Frame()
    {
        var (rogue, _) = Publisher();
        rogue.Say(Answer(new byte[WireLimits.MaxFrameBytes]));
        return () => rogue.Say(Answer(new byte[WireLimits.MaxFrameBytes + 1]));
    }

    /// <summary>A frame of the most records.</summary>
    public Action Records()
    {
        var (_, publisher) = Publisher();
        var frame = publisher.Seal(new byte[10], FirstFree, WireLimits.MaxFrameRecords);
        Live(publisher, frame);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(CountOffset), WireLimits.MaxFrameRecords + 1);
        return () => Live(publisher, frame);
    }

    /// <summary>A record of the greatest length.</summary>
    public Action RecordLength() => RecordOf(
        (ref writer, isBeyond) => writer.WriteBinary(new byte[WireLimits.MaxRecordBytes - 5 + (isBeyond ? 1 : 0)]));

    /// <summary>A record of the greatest depth: its frame and it are two, its fields the rest.</summary>
    public Action Depth() => RecordOf((ref writer, isBeyond) =>
    {
        for (var depth = isBeyond ? WireLimits.MaxDepth - 1 : WireLimits.MaxDepth - 2; depth > 0; depth--)
        {
            writer.WriteArrayHeader(depth > 1 ? 1 : 0);
        }
    });

    /// <summary>A name of the greatest length.</summary>
    public Action Text()
    {
        var (_, publisher) = Publisher();
        Live(publisher, Sealed(publisher, 1, Name(WireLimits.MaxTextBytes)));
        return () => Live(publisher, Sealed(publisher, 2, Name(WireLimits.MaxTextBytes + 1)));
    }

    /// <summary>As many bytes of frames as are held until their key comes.</summary>
    public Action Held()
    {
        var (_, publisher) = Publisher();
        var number = FirstFree;
        for (var bytes = 0; bytes + _frame.Length <= WireLimits.MaxReorderHoldBytes; bytes += _frame.Length)
        {
            Live(publisher, Unkeyed(publisher, number++));
        }

        return () => Live(publisher, Unkeyed(publisher, number));
    }

    /// <summary>As many lanes as are read of a peer.</summary>
    public Action Lanes()
    {
        var (rogue, publisher) = Publisher();
        var entries = Enumerable.Range(100, WireLimits.MaxGrantedLanes - 1)
            .Select(lane => EntryOf(publisher, (ushort)lane)).ToArray();
        rogue.Say(FuzzPublisher.Encode(new LanesMessage(0, entries).Write));
        return () => rogue.Say(FuzzPublisher.Encode(new LanesMessage(0, [EntryOf(publisher, 99)]).Write));
    }

    /// <summary>As many topics as may be subscribed to.</summary>
    public Action Subscriptions()
    {
        var other = Opened(_mesh.AddHost("other", "10.0.0.9").CreateTransport());
        var socket = other.Connect(
            SocketKind.Subscriber, new IPEndPoint(Node.Host.Address, Node.Node.FramePort), new SocketOptions());
        for (var topic = 1; topic <= PublishPart.MaxSubscriptions; topic++)
        {
            socket.Subscribe(BitConverter.GetBytes(topic));
        }

        Node.Turn();
        return () =>
        {
            socket.Subscribe(BitConverter.GetBytes(0));
            Node.Turn();
        };
    }

    // An accepted node with the keys of a publisher, attached to; it says what it likes.
    private (Rogue Rogue, FuzzPublisher Publisher) Publisher()
    {
        var publisher = Opened(new FuzzPublisher());
        var opening = new FrameLab(publisher).Opening;
        Node.Watch();
        Node.Accept(publisher.Identity.Id);
        var rogue = Rogue.Guest(Node, publisher.Identity, InstanceKind.Owner);
        rogue.Open();
        foreach (var message in opening)
        {
            rogue.Say(message);
        }

        return (rogue, publisher);
    }

    private void Live(FuzzPublisher publisher, byte[] frame)
    {
        var topic = new byte[WireSizes.TopicBytes];
        publisher.Log.Spy.Topic.Write(topic);
        Node.Transport.Open(SocketKind.Subscriber)[0].Put(topic, null, frame);
        Node.Turn();
    }

    // To the request for frames, the one after that for lanes.
    private static byte[] Answer(byte[] frame) => FuzzPublisher.Encode(
        (ref writer) => new FrameMessage { Request = FrameLab.FirstRequest + 1, Frame = frame }.Write(ref writer));

    private Action RecordOf(WriteField write)
    {
        var (_, publisher) = Publisher();
        Live(publisher, Sealed(publisher, 1, Field(isBeyond: false)));
        return () => Live(publisher, Sealed(publisher, 2, Field(isBeyond: true)));

        // Of a kind that is not known, to be skipped.
        byte[] Field(bool isBeyond) => FuzzPublisher.Encode((ref writer) =>
        {
            writer.WriteArrayHeader(2);
            writer.WriteUnsigned(100);
            write(ref writer, isBeyond);
        });
    }

    // One record, in a frame that the reader applies next.
    private static byte[] Sealed(FuzzPublisher publisher, ulong number, byte[] record)
    {
        var plaintext = FuzzPublisher.Encode((ref writer) =>
        {
            writer.WriteArrayHeader(2);
            new FrameBase(1_700_000_000_000_000, 0, 0).Write(ref writer);
        });
        return publisher.Seal([.. plaintext, .. record], number, 1);
    }

    private static byte[] Name(int bytes) =>
        [0x95, (byte)RecordKind.Name, 1, (byte)NameKind.Signal, 1, 0xDA, (byte)(bytes >> 8), (byte)bytes,
            .. Enumerable.Repeat((byte)'x', bytes)];

    private static LaneEntry EntryOf(FuzzPublisher publisher, ushort lane) => new()
    {
        Lane = lane,
        Kind = LaneKinds.Spy,
        Topic = publisher.Log.Spy.Topic,
        Incarnation = publisher.Log.Incarnation,
        FirstFrame = 1,
        LastFrame = 0,
        End = LaneEnd.Live,
    };

    // A frame of an epoch whose key nobody has granted: its signature is not looked at before.
    private byte[] Unkeyed(FuzzPublisher publisher, ulong number)
    {
        SealedFrame.WriteShape(_frame, out var header, out _, out _);
        new FrameHeader
        {
            Lane = NodeLog.SpyLane,
            Incarnation = publisher.Log.Incarnation,
            Epoch = 999,
            FrameNumber = number,
            FirstRecord = number,
            RecordCount = 1,
        }.Write(header);
        return [.. _frame];
    }

    private delegate void WriteField(ref MessageWriter writer, bool isBeyond);
}
