using System.Globalization;

namespace Mesh.Tests.Hostile;

/// <summary>The ports that a process of this machine has open, as Linux tells them.</summary>
internal static class OpenPorts
{
    /// <summary>UDP ports.</summary>
    public static IReadOnlyList<int> Datagrams(int processId) => Find(processId, "udp", "udp6");

    private static int[] Find(int processId, params string[] tables)
    {
        var sockets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var descriptor in Directory.EnumerateFiles($"/proc/{processId}/fd"))
        {
            if (File.ResolveLinkTarget(descriptor, false)?.Name.Split('[', ']') is ["socket:", var inode, ..])
            {
                sockets.Add(inode);
            }
        }

        // sl, local address:port in hexadecimal, …, inode as the tenth field.
        return [.. tables.SelectMany(table => File.ReadLines($"/proc/{processId}/net/{table}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => sockets.Contains(fields[9]))
            .Select(fields => fields[1].Split(':')[1])
            .Select(port => int.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            .Distinct()];
    }
}
