using System.Text.Json;
using Mesh.Core;

namespace Mesh.Node.Output;

/// <summary>Prints peers, as a table or as a document.</summary>
internal static class PeerList
{
    private const string Schema = "mesh.peers/1";

    /// <summary>Prints peers.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="peers">Any number; none is said in a note.</param>
    public static void Print(CommandOutput output, IReadOnlyList<PeerStatus> peers)
    {
        if (output.IsJson)
        {
            output.WriteJson(Schema, json =>
            {
                json.WriteStartArray("peers");
                foreach (var peer in peers)
                {
                    json.WriteStartObject();
                    WriteMembers(json, peer);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
        }
        else if (peers.Count == 0)
        {
            output.Note("none");
        }
        else
        {
            foreach (var line in PeerText.Table(peers, output.Columns))
            {
                output.WriteLine(line);
            }
        }
    }

    /// <summary>Prints what became of one peer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="peer">The peer as it stands now.</param>
    /// <param name="done">What was done, in a word.</param>
    public static void PrintChange(CommandOutput output, PeerStatus peer, string done)
    {
        if (output.IsJson)
        {
            output.WriteJson("mesh.peer/1", json =>
            {
                json.WriteString("result", done);
                WriteMembers(json, peer);
            });
        }
        else
        {
            var rights = peer.Rights.Length > 0 ? $", may {peer.Rights}" : "";
            output.WriteLine($"{done}: {PeerText.NameOf(peer)} ({PeerText.ShortId(peer.Id)}){rights}");
        }
    }

    private static void WriteMembers(Utf8JsonWriter json, PeerStatus peer)
    {
        json.WriteString("name", peer.Name);
        json.WriteString("id", peer.Id);
        json.WriteString("trust", peer.Trust);
        json.WriteStrings("rights", peer.Rights.Split(',', StringSplitOptions.RemoveEmptyEntries));
        json.WriteStrings("granted", peer.Granted.Split(',', StringSplitOptions.RemoveEmptyEntries));
        json.WriteString("presence", peer.Presence);
        json.WriteString("endpoint", peer.Endpoint);
        json.WriteStrings("endpoints", peer.Endpoints);
        json.WriteBoolean("beaconHeard", peer.IsBeaconHeard);
        WriteNumber(json, "rttMs", peer.RttMs);
        WriteNumber(json, "lastSeenMs", peer.LastSeenMs);
        json.WriteString("problem", peer.Problem);
        json.WriteBoolean("refused", peer.IsRefused);
        json.WriteBoolean("nameConflict", peer.NameConflict);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, Math.Round(known, 3));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
