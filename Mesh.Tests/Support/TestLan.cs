using System.Diagnostics;
using NUnit.Framework;

namespace Mesh.Tests.Support;

/// <summary>
/// Hosts of a LAN on this machine: network namespaces joined by veth pairs and bridges. Needs root and <c>ip</c>.
/// </summary>
internal sealed class TestLan : IDisposable
{
    private static int _count;

    private readonly string _prefix = $"m{Environment.ProcessId % 100_000:x}{Interlocked.Increment(ref _count):x}";
    private readonly List<string> _hosts = [];
    private readonly List<string> _bridges = [];
    private int _links;

    private TestLan()
    {
    }

    /// <summary>Begins a LAN, or skips the test with the reason where namespaces cannot be used.</summary>
    public static TestLan CreateOrSkip()
    {
        if (Obstacle is not null)
        {
            Assert.Ignore(Obstacle);
        }

        return new TestLan();
    }

    private static readonly string? Obstacle = FindObstacle();

    /// <summary>Adds a segment: a bridge in this process's own namespace, without an address there.</summary>
    /// <returns>The number of the segment, from 0.</returns>
    public int AddSegment()
    {
        var bridge = $"{_prefix}b{_bridges.Count}";
        Run("ip", "link", "add", bridge, "type", "bridge");
        _bridges.Add(bridge);
        Run("ip", "link", "set", bridge, "up");
        return _bridges.Count - 1;
    }

    /// <summary>Adds a host with its loopback up.</summary>
    /// <returns>The name of its namespace, for <see cref="Prefix"/> and <see cref="RunIn"/>.</returns>
    public string AddHost()
    {
        var host = $"{_prefix}h{_hosts.Count}";
        Run("ip", "netns", "add", host);
        _hosts.Add(host);
        RunIn(host, "ip", "link", "set", "lo", "up");
        return host;
    }

    /// <summary>Gives a host an interface on a segment.</summary>
    /// <param name="host">A namespace of <see cref="AddHost"/>.</param>
    /// <param name="segment">A number of <see cref="AddSegment"/>.</param>
    /// <param name="address">Its address, such as <c>10.77.0.1/24</c>.</param>
    /// <returns>The name of the interface inside the host.</returns>
    public string Connect(string host, int segment, string address)
    {
        var link = _links++;
        var outside = $"{_prefix}v{link}";
        var inside = $"eth{link}";
        Run("ip", "link", "add", outside, "type", "veth", "peer", "name", inside, "netns", host);
        Run("ip", "link", "set", outside, "master", _bridges[segment]);
        Run("ip", "link", "set", outside, "up");
        RunIn(host, "ip", "address", "add", address, "broadcast", "+", "dev", inside);
        RunIn(host, "ip", "link", "set", inside, "up");
        return inside;
    }

    /// <summary>Drops every UDP datagram that arrives at a host by broadcast or multicast.</summary>
    /// <param name="host">A namespace of <see cref="AddHost"/>.</param>
    public static void DropBroadcast(string host)
    {
        RunIn(host, "nft", "add", "table", "inet", "mesh");
        RunIn(host, "nft", "add chain inet mesh in { type filter hook input priority 0 ; }");
        RunIn(host, "nft", "add rule inet mesh in meta pkttype { broadcast, multicast } drop");
    }

    /// <summary>The words that run a command inside a host.</summary>
    /// <param name="host">A namespace of <see cref="AddHost"/>.</param>
    public static string[] Prefix(string host) => ["ip", "netns", "exec", host];

    /// <summary>Runs a command inside a host and waits for it.</summary>
    /// <param name="host">A namespace of <see cref="AddHost"/>.</param>
    /// <param name="command">Program and arguments.</param>
    public static void RunIn(string host, params string[] command) => Run([.. Prefix(host), .. command]);

    /// <summary>Takes everything down again.</summary>
    public void Dispose()
    {
        foreach (var host in _hosts)
        {
            TryRun("ip", "netns", "delete", host);
        }

        foreach (var bridge in _bridges)
        {
            TryRun("ip", "link", "delete", bridge);
        }
    }

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "network namespaces are Linux only";
        }

        if (Environment.UserName != "root")
        {
            return "network namespaces need root";
        }

        var probe = $"mprobe{Environment.ProcessId}";
        if (TryRun("ip", "netns", "add", probe) is { } obstacle)
        {
            return $"network namespaces do not work here: {obstacle}";
        }

        var firewall = TryRun("ip", "netns", "exec", probe, "nft", "list", "tables");
        TryRun("ip", "netns", "delete", probe);
        return firewall is null ? null : $"nftables does not work here: {firewall}";
    }

    private static void Run(params string[] command)
    {
        if (TryRun(command) is { } obstacle)
        {
            Assert.Fail($"{string.Join(' ', command)}: {obstacle}");
        }
    }

    private static string? TryRun(params string[] command)
    {
        try
        {
            var start = new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            using var process = Process.Start(start)!;
            var text = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"exit {process.ExitCode}: {text.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return exception.Message;
        }
    }
}
