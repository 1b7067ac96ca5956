using Mesh.Core.Control;
using Mesh.Core.Discovery;
using Mesh.Core.Logs;
using Mesh.Core.Sessions;

namespace Mesh.Core.Runtime;

/// <summary>Gathers every counter of a node under one name each.</summary>
internal static class NodeCounters
{
    /// <summary>Reads the counters; on the loop thread.</summary>
    /// <param name="core">The node.</param>
    /// <param name="control">Its local socket; null for a guest.</param>
    /// <returns>Counts since the start, by <c>part.reason</c>.</returns>
    public static IReadOnlyDictionary<string, long> Read(NodeCore core, ControlServer? control)
    {
        var counters = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var counter in Enum.GetValues<SessionCounter>())
        {
            counters[Name("session", counter)] = core.Hub.Counters[counter];
        }

        if (core.Discovery is { } discovery)
        {
            foreach (var result in Enum.GetValues<BeaconResult>())
            {
                counters[Name("beacon", result)] = discovery.Count(result);
            }
        }

        if (core.Publish is { } publish)
        {
            counters["publish.unsentFrames"] = publish.UnsentFrames;
            counters["publish.rebinds"] = publish.Rebinds;
        }

        if (control is not null)
        {
            counters["control.failedAccepts"] = control.FailedAccepts;
        }

        AddTraffic(counters, core);
        foreach (var reader in core.Watch.Readers)
        {
            AddReader(counters, reader);
        }

        return counters;
    }

    private static void AddTraffic(SortedDictionary<string, long> counters, NodeCore core)
    {
        var connections = core.Transport.Connections;
        counters["connections.accepted"] = connections.Accepted;
        counters["connections.flooding"] = connections.Flooding;
        counters["connections.tooMany"] = connections.TooMany;
        counters["connections.idle"] = connections.Idle;
        foreach (var socket in core.Beacons?.Counters ?? [])
        {
            Add(counters, "datagram.received", socket.Received);
            Add(counters, "datagram.tooLong", socket.TooLong);
            Add(counters, "datagram.queueFull", socket.QueueFull);
            Add(counters, "datagram.sendFailed", socket.SendFailed);
            Add(counters, "datagram.receiveFailed", socket.ReceiveFailed);
        }
    }

    private static void AddReader(SortedDictionary<string, long> counters, PeerReader reader)
    {
        var seen = reader.Client.Counters;
        Add(counters, "read.appliedFrames", seen.AppliedFrames);
        Add(counters, "read.appliedRecords", seen.AppliedRecords);
        Add(counters, "read.fetches", seen.Fetches);
        Add(counters, "read.fetchedFrames", seen.FetchedFrames);
        Add(counters, "read.gaps", seen.Gaps);
        Add(counters, "read.reconnects", reader.Reconnects);
        foreach (var drop in Enum.GetValues<FrameDrop>())
        {
            Add(counters, Name("read.dropped", drop), seen[drop]);
        }
    }

    private static void Add(SortedDictionary<string, long> counters, string name, long count) =>
        counters[name] = counters.GetValueOrDefault(name) + count;

    private static string Name<T>(string part, T reason)
        where T : struct, Enum
    {
        var text = reason.ToString();
        return $"{part}.{char.ToLowerInvariant(text[0])}{text[1..]}";
    }
}
