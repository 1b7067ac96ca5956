using System.Globalization;
using Mesh.Core;

namespace Mesh.Node.Output;

/// <summary>The line by which a node says that it is ready.</summary>
internal static class ReadyText
{
    /// <summary>Makes the line.</summary>
    /// <param name="status">What the node says of itself.</param>
    /// <returns>It begins with <c>ready</c>.</returns>
    public static string Of(NodeStatus status)
    {
        var beacons = status.BeaconPort == 0 ? "off" : $"udp {Text(status.BeaconPort)}";
        var interfaces = status.BeaconPort == 0 ? "any" : List(status.Interfaces);
        return $"ready {status.Name}  id {PeerText.ShortId(status.Id)}"
            + $"  sessions tcp {Text(status.SessionPort)}  frames tcp {Text(status.FramePort)}  beacons {beacons}"
            + $"  interfaces {interfaces}  charts {List(status.Charts)}";
    }

    private static string List(IReadOnlyList<string> names) =>
        names.Count == 0 ? "none" : string.Join(", ", names.Select(name => name.TrimEnd()));

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
