using Mesh.Core.Wire;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.MessagePack;

namespace Mesh.Tests.Core.Wire;

/// <summary>The messages of docs/wire-format.md §4.</summary>
internal static class HandshakeCases
{
    public static IEnumerable<CodecCase> All =>
    [
        new("Init", MakeInit, RewriteInit),
        new("Resp", MakeResp, RewriteResp),
        new("Fin", MakeFin, RewriteFin),
        new("Nack", MakeNack, RewriteNack),
        new("Sealed", MakeSealed, RewriteSealed),
        new("Hello", MakeHello, RewriteHello),
    ];

    private static void MakeInit(ref MessageWriter writer, Random random)
    {
        var minVersion = random.NextUInt8();
        var init = new InitMessage
        {
            MinVersion = minVersion,
            MaxVersion = (byte)Math.Max(minVersion, (int)random.NextUInt8()),
            InviteId = random.NextBlob(random.Next(2) * WireSizes.InviteIdBytes),
            Noise = random.NextBlob(random.Next(300)),
        };
        init.Write(ref writer);
    }

    private static bool RewriteInit(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!InitMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeResp(ref MessageWriter writer, Random random) =>
        new RespMessage { Noise = random.NextBlob(random.Next(300)) }.Write(ref writer);

    private static bool RewriteResp(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!RespMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeFin(ref MessageWriter writer, Random random) =>
        new FinMessage { Noise = random.NextBlob(random.Next(300)) }.Write(ref writer);

    private static bool RewriteFin(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!FinMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeNack(ref MessageWriter writer, Random random) =>
        new NackMessage((NackCode)random.NextUInt8(), random.NextUInt8(), random.NextUInt8()).Write(ref writer);

    private static bool RewriteNack(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!NackMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeSealed(ref MessageWriter writer, Random random) =>
        new SealedMessage { Ciphertext = random.NextBlob(random.Next(1_000)) }.Write(ref writer);

    private static bool RewriteSealed(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!SealedMessage.TryRead(source, out var message))
        {
            return false;
        }

        message.Write(ref writer);
        return true;
    }

    private static void MakeHello(ref MessageWriter writer, Random random)
    {
        var isOwner = random.Next(2) == 0;
        var hello = new HelloPayload
        {
            Version = random.NextUInt8(),
            EdPublicKey = random.NextBlob(WireSizes.KeyBytes),
            Instance = random.NextBlob(WireSizes.InstanceBytes),
            Kind = isOwner ? InstanceKind.Owner : InstanceKind.Guest,
            Incarnation = isOwner ? Math.Max(1, random.NextUInt64()) : 0,
        };
        hello.WriteSigned(ref writer);
        writer.WriteBinary(random.NextBlob(WireSizes.SignatureBytes));
    }

    private static bool RewriteHello(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!HelloPayload.TryRead(source, out var hello))
        {
            return false;
        }

        hello.WriteSigned(ref writer);
        writer.WriteBinary(hello.Signature);
        return true;
    }
}
