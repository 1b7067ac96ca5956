using System.Globalization;
using Mesh.Core;

namespace Mesh.Node.Output;

/// <summary>Peers as people read them.</summary>
internal static class PeerText
{
    /// <summary>The word for a peer that is trusted.</summary>
    public const string Accepted = "accepted";

    /// <summary>The word for a stranger that waits for a decision.</summary>
    public const string Pending = "pending";

    private const int ShortIdCharacters = 9;

    private static readonly string[] Headings =
        ["NAME", "ID", "TRUST", "RIGHTS", "PRESENCE", "ENDPOINT", "BEACON", "RTT", "SEEN", "PROBLEM"];

    /// <summary>The first two groups of an id.</summary>
    public static string ShortId(string id) => id.Length > ShortIdCharacters ? id[..ShortIdCharacters] : id;

    /// <summary>What to call a peer: its name, else its id.</summary>
    public static string NameOf(PeerStatus peer) => peer.Name.Length > 0 ? peer.Name : ShortId(peer.Id);

    /// <summary>Whether a list of rights holds one of them.</summary>
    /// <param name="rights">Words joined by commas.</param>
    /// <param name="right">One word.</param>
    public static bool Lists(string rights, string right) => rights.Split(',').Contains(right);

    /// <summary>Makes a table.</summary>
    /// <param name="peers">The peers; columns that are empty for all of them are left away.</param>
    /// <param name="maxColumns">Width of the terminal; 0 for none.</param>
    public static IEnumerable<string> Table(IReadOnlyList<PeerStatus> peers, int maxColumns)
    {
        var rows = peers.Select(Row).ToArray();
        var kept = Enumerable.Range(0, Headings.Length)
            .Where(column => column < 3 || rows.Any(row => row[column].Length > 0))
            .ToArray();
        return TableText.Format(
            [.. kept.Select(column => Headings[column])],
            rows.Select(row => (IReadOnlyList<string>)[.. kept.Select(column => row[column])]),
            maxColumns);
    }

    private static string[] Row(PeerStatus peer) =>
    [
        peer.Name.Length > 0 ? peer.Name : "?",
        ShortId(peer.Id),
        peer.NameConflict ? $"{peer.Trust} (another node has this name)" : peer.Trust,
        peer.Rights,
        peer.Presence is "none" or "unknown" ? "" : peer.Presence,
        peer.Endpoint,
        peer.IsBeaconHeard ? "heard" : "",
        peer.RttMs is { } rtt ? string.Create(CultureInfo.InvariantCulture, $"{rtt:0.0} ms") : "",
        peer.LastSeenMs is { } seen ? ElapsedText.Of(TimeSpan.FromMilliseconds(seen)) : "",
        peer.Problem ?? "",
    ];
}
