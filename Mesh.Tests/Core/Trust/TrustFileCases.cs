using System.Net;
using Mesh.Core;
using Mesh.Core.Identity;
using Mesh.Core.Trust;
using Mesh.Core.Wire.MessagePack;
using Mesh.Tests.Core.Wire;

namespace Mesh.Tests.Core.Trust;

/// <summary>The file of a peer, as one of the codecs: a damaged disk is no better than a peer.</summary>
internal static class TrustFileCases
{
    public static CodecCase Row() => new("TrustFile", Make, Rewrite);

    public static PeerTrust NextRow(Random random) => new()
    {
        Id = new NodeId(random.NextBlob(NodeId.SizeBytes)),
        Name = random.NextText(NodeName.MaxBytes),
        State = (TrustState)random.Next(1, 4),
        Rights = (Rights)random.Next((int)Rights.All + 1),
        DecidedAtMs = random.NextSigned(),
        Endpoints = [.. Enumerable.Range(0, random.Next(PeerTrust.MaxEndpoints + 1)).Select(_ => Next(random))],
        Incarnation = random.NextUInt64(),
    };

    private static IPEndPoint Next(Random random) =>
        new(new IPAddress(random.NextBlob(random.Next(2) == 0 ? 4 : 16)), random.Next(1, 65_536));

    private static void Make(ref MessageWriter writer, Random random) =>
        writer.WriteRaw(TrustFile.Write(NextRow(random)));

    private static bool Rewrite(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!TrustFile.TryRead(source, out var row))
        {
            return false;
        }

        writer.WriteRaw(TrustFile.Write(row!));
        return true;
    }
}
