using System.Net;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Beacons;
using Mesh.Core.Wire.MessagePack;

namespace Mesh.Tests.Core.Wire.Beacons;

/// <summary>The body of docs/wire-format.md §3.</summary>
internal static class BeaconCases
{
    public static CodecCase Body() => new("Beacon", Make, Rewrite);

    public static BeaconBody NextBody(Random random) => new()
    {
        EdPublicKey = random.NextBlob(WireSizes.KeyBytes),
        XPublicKey = random.NextBlob(WireSizes.KeyBytes),
        Incarnation = Math.Max(1, random.NextUInt64()),
        Sequence = random.NextUInt64(),
        SessionPort = random.NextUInt16(),
        FramePort = random.NextUInt16(),
        PrivatePort = random.NextUInt16(),
        Endpoints = [.. Enumerable.Range(0, random.Next(WireLimits.MaxBeaconEndpoints + 1)).Select(_ => Next(random))],
        Flags = (BeaconFlags)random.NextUInt32(),
    };

    private static IPEndPoint Next(Random random) =>
        new(new IPAddress(random.NextBlob(random.Next(2) == 0 ? 4 : 16)), random.Next(1, 65_536));

    private static void Make(ref MessageWriter writer, Random random)
    {
        NextBody(random).WriteSigned(ref writer);
        writer.WriteBinary(random.NextBlob(WireSizes.SignatureBytes));
    }

    private static bool Rewrite(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!BeaconBody.TryRead(source, out var body))
        {
            return false;
        }

        body.WriteSigned(ref writer);
        writer.WriteBinary(body.Signature);
        return true;
    }
}
