using Mesh.Tests.Core.Trust;
using Mesh.Tests.Core.Wire.Beacons;
using Mesh.Tests.Core.Wire.Records;

namespace Mesh.Tests.Core.Wire;

/// <summary>Every codec of the wire, by name.</summary>
internal static class CodecCases
{
    public static IEnumerable<string> Names => All.Select(codec => codec.Name);

    /// <summary>The codecs whose bytes are one array that may grow.</summary>
    public static IEnumerable<string> ArrayNames => Arrays.Select(codec => codec.Name);

    private static IEnumerable<CodecCase> Arrays =>
        [.. HandshakeCases.All, .. SessionMessageCases.All, RecordCases.Snapshot(), BeaconCases.Body(),
            TrustFileCases.Row()];

    private static IEnumerable<CodecCase> All => [.. Arrays, RecordCases.Frame()];

    public static CodecCase Named(string name) => All.Single(codec => codec.Name == name);
}
