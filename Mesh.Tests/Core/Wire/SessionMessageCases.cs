using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Messages;

namespace Mesh.Tests.Core.Wire;

/// <summary>The messages of docs/wire-format.md §5.</summary>
internal static class SessionMessageCases
{
    public static IEnumerable<CodecCase> All =>
    [
        new("Welcome", MakeWelcome, RewriteWelcome),
        new("Refuse", MakeRefuse, RewriteRefuse),
        new("Ping", MakePing, RewritePing) { MaxAllocatedBytes = 4_096 },
        new("Pong", MakePong, RewritePong),
        new("Bye", MakeBye, RewriteBye),
        new("Error", MakeError, RewriteError),
        new("Credit", MakeCredit, RewriteCredit),
        new("Rights", MakeRights, RewriteRights),
        new("Attach", MakeAttach, RewriteAttach),
        new("Lanes", MakeLanes, RewriteLanes) { MaxAllocatedBytes = 80 * 1_024 },
        new("Grant", MakeGrant, RewriteGrant),
        new("Keys", MakeKeys, RewriteKeys),
        new("Fetch", MakeFetch, RewriteFetch),
        new("Frame", MakeFrame, RewriteFrame),
        new("Fetched", MakeFetched, RewriteFetched),
        new("Snapshot", MakeSnapshot, RewriteSnapshot),
        new("Definition", MakeDefinition, RewriteDefinition),
        new("Chunk", MakeChunk, RewriteChunk),
        new("Detach", MakeDetach, RewriteDetach),
    ];

    private static void MakeWelcome(ref MessageWriter writer, Random random) => new WelcomeMessage
    {
        Rights = random.NextUInt32(),
        Name = random.NextText(WireLimits.MaxNodeNameBytes),
        Limits = new SessionLimits(random.NextUInt32(), random.NextUInt32(), random.NextUInt16()),
        SessionPort = random.NextUInt16(),
        FramePort = random.NextUInt16(),
        Known = random.NextUInt64(),
        MeshKey = random.NextBlob(random.Next(2) * WireSizes.KeyBytes),
        MeshName = random.Next(2) == 0 ? null : random.NextText(WireLimits.MaxMeshNameBytes),
    }.Write(ref writer);

    private static bool RewriteWelcome(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!WelcomeMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeRefuse(ref MessageWriter writer, Random random)
    {
        var message = new RefuseMessage(
            (RefuseCode)random.NextUInt8(),
            random.NextUInt32(),
            random.NextUInt64(),
            Text(random));
        message.Write(ref writer);
    }

    private static bool RewriteRefuse(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!RefuseMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakePing(ref MessageWriter writer, Random random)
    {
        var heads = new LaneHead[random.Next(WireLimits.MaxGrantedLanes + 1)];
        for (var index = 0; index < heads.Length; index++)
        {
            heads[index] = new LaneHead(
                random.NextUInt16(),
                random.NextUInt64(),
                random.NextUInt64(),
                random.NextUInt64());
        }

        new PingMessage(random.NextUInt32(), random.NextSigned(), heads).Write(ref writer);
    }

    private static bool RewritePing(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!PingMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakePong(ref MessageWriter writer, Random random) =>
        new PongMessage(random.NextUInt32(), random.NextSigned(), random.NextSigned()).Write(ref writer);

    private static bool RewritePong(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!PongMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeBye(ref MessageWriter writer, Random random) =>
        new ByeMessage((RefuseCode)random.NextUInt8(), Text(random)).Write(ref writer);

    private static bool RewriteBye(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!ByeMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeError(ref MessageWriter writer, Random random) => new ErrorMessage(
        random.NextUInt32(),
        (SessionMessageType)random.NextUInt8(),
        (SessionErrorCode)random.NextUInt8(),
        Text(random)).Write(ref writer);

    private static bool RewriteError(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!ErrorMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeCredit(ref MessageWriter writer, Random random) =>
        new CreditMessage(random.NextUInt64()).Write(ref writer);

    private static bool RewriteCredit(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!CreditMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeRights(ref MessageWriter writer, Random random) =>
        new RightsMessage(random.NextUInt32()).Write(ref writer);

    private static bool RewriteRights(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!RightsMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeAttach(ref MessageWriter writer, Random random) =>
        new AttachMessage(random.NextUInt32(), (LaneKinds)random.NextUInt8()).Write(ref writer);

    private static bool RewriteAttach(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!AttachMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeLanes(ref MessageWriter writer, Random random)
    {
        var lanes = new LaneEntry[random.Next(random.Next(10) == 0 ? 300 : 5)];
        for (var index = 0; index < lanes.Length; index++)
        {
            var firstFrame = Math.Max(1, random.NextUInt64());
            lanes[index] = new LaneEntry
            {
                Lane = random.NextUInt16(),
                Kind = (LaneKinds)random.NextUInt8(),
                Topic = Topic.Read(random.NextBlob(WireSizes.TopicBytes)),
                Incarnation = random.NextUInt64(),
                FirstFrame = firstFrame,
                LastFrame = Math.Max(firstFrame - 1, random.NextUInt64()),
                End = (LaneEnd)random.Next(3),
            };
        }

        new LanesMessage(random.NextUInt32(), lanes).Write(ref writer);
    }

    private static bool RewriteLanes(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!LanesMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeGrant(ref MessageWriter writer, Random random) => new GrantMessage
    {
        Lane = random.NextUInt16(),
        Incarnation = random.NextUInt64(),
        Epoch = random.NextUInt32(),
        Key = random.NextBlob(WireSizes.KeyBytes),
        FirstFrame = random.NextUInt64(),
    }.Write(ref writer);

    private static bool RewriteGrant(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!GrantMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeKeys(ref MessageWriter writer, Random random) =>
        new KeysMessage(random.NextUInt16(), random.NextUInt64(), random.NextUInt32()).Write(ref writer);

    private static bool RewriteKeys(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!KeysMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeFetch(ref MessageWriter writer, Random random)
    {
        var from = Math.Max(1, random.NextUInt64());
        var to = Math.Max(from, random.NextUInt64());
        new FetchMessage(random.NextUInt32(), random.NextUInt16(), random.NextUInt64(), from, to).Write(ref writer);
    }

    private static bool RewriteFetch(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!FetchMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeFrame(ref MessageWriter writer, Random random) => new FrameMessage
    {
        Request = random.NextUInt32(),
        Frame = random.NextBlob(random.Next(500)),
    }.Write(ref writer);

    private static bool RewriteFrame(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!FrameMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeFetched(ref MessageWriter writer, Random random) =>
        new FetchedMessage(random.NextUInt32(), random.NextUInt64(), random.NextUInt64()).Write(ref writer);

    private static bool RewriteFetched(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!FetchedMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeSnapshot(ref MessageWriter writer, Random random) =>
        new SnapshotMessage(random.NextUInt32(), random.NextUInt16()).Write(ref writer);

    private static bool RewriteSnapshot(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!SnapshotMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeDefinition(ref MessageWriter writer, Random random) => new DefinitionMessage
    {
        Request = random.NextUInt32(),
        Hash = random.NextBlob(WireSizes.HashBytes),
    }.Write(ref writer);

    private static bool RewriteDefinition(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!DefinitionMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeChunk(ref MessageWriter writer, Random random)
    {
        var bytes = random.NextBlob(random.Next(random.Next(10) == 0 ? 4_000 : 40));
        var offset = (uint)random.NextNumber(WireLimits.MaxChunkedBytes - (ulong)bytes.Length);
        new ChunkMessage
        {
            Request = random.NextUInt32(),
            TotalBytes = offset + (uint)bytes.Length,
            Offset = offset,
            Bytes = bytes,
        }.Write(ref writer);
    }

    private static bool RewriteChunk(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!ChunkMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeDetach(ref MessageWriter writer, Random random) =>
        new DetachMessage(random.NextUInt16()).Write(ref writer);

    private static bool RewriteDetach(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!DetachMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static string Text(Random random) => random.NextText(WireLimits.MaxTextBytes);
}
