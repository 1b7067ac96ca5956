using System.Globalization;
using System.Text.Json;
using Mesh.Core;

namespace Mesh.Node.Output;

/// <summary>Prints what a node says of itself, for people or as a document.</summary>
internal static class StatusText
{
    /// <summary>Prints it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="status">What the node says of itself.</param>
    /// <param name="peers">Whom it knows.</param>
    public static void Print(CommandOutput output, NodeStatus status, IReadOnlyList<PeerStatus> peers)
    {
        if (output.IsJson)
        {
            output.WriteJson("mesh.status/1", json => WriteMembers(json, status, peers));
            return;
        }

        foreach (var line in Lines(status, peers))
        {
            output.WriteLine(line);
        }
    }

    private static IEnumerable<string> Lines(NodeStatus status, IReadOnlyList<PeerStatus> peers)
    {
        yield return $"node      {status.Name}";
        yield return $"id        {status.Id}";
        yield return $"process   {Text(status.ProcessId)}, up {ElapsedText.Of(Uptime(status))}";
        yield return $"ports     sessions tcp {Text(status.SessionPort)}, frames tcp {Text(status.FramePort)}, beacons "
            + (status.BeaconPort == 0 ? "off" : $"udp {Text(status.BeaconPort)}");
        yield return $"network   {List(status.Interfaces)}";
        yield return $"mesh      {status.Mesh}, "
            + (status.HasMeshKey ? "with a mesh key" : "without a mesh key: beacons are public");
        yield return $"peers     {Text(Count(peers, PeerText.Accepted))} accepted"
            + $" ({Text(peers.Count(IsAlive))} alive), {Text(Count(peers, PeerText.Pending))} pending";
        yield return $"charts    {List(status.Charts)}";
        yield return $"stack     {status.Transport}, {status.Primitives}";
    }

    private static TimeSpan Uptime(NodeStatus status) => TimeSpan.FromMilliseconds(status.UptimeMs);

    private static int Count(IReadOnlyList<PeerStatus> peers, string trust) => peers.Count(peer => peer.Trust == trust);

    private static bool IsAlive(PeerStatus peer) => peer is { Trust: PeerText.Accepted, Presence: "alive" };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);

    private static void WriteMembers(Utf8JsonWriter json, NodeStatus status, IReadOnlyList<PeerStatus> peers)
    {
        json.WriteString("name", status.Name);
        json.WriteString("id", status.Id);
        json.WriteNumber("processId", status.ProcessId);
        json.WriteNumber("incarnation", status.Incarnation);
        json.WriteNumber("uptimeMs", Math.Round(status.UptimeMs));
        json.WriteNumber("sessionPort", status.SessionPort);
        json.WriteNumber("framePort", status.FramePort);
        json.WriteNumber("beaconPort", status.BeaconPort);
        json.WriteStrings("interfaces", status.Interfaces);
        json.WriteString("mesh", status.Mesh);
        json.WriteBoolean("hasMeshKey", status.HasMeshKey);
        json.WriteStrings("charts", status.Charts);
        json.WriteNumber("peersAccepted", Count(peers, PeerText.Accepted));
        json.WriteNumber("peersAlive", peers.Count(IsAlive));
        json.WriteNumber("peersPending", Count(peers, PeerText.Pending));
        json.WriteString("transport", status.Transport);
        json.WriteString("primitives", status.Primitives);
        json.WriteStartObject("counters");
        foreach (var (name, count) in status.Counters)
        {
            json.WriteNumber(name, count);
        }

        json.WriteEndObject();
    }
}
