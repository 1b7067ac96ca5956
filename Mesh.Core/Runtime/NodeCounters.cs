using Mesh.Core.Control;
using Mesh.Core.Discovery;
using Mesh.Core.Logs;
using Mesh.Core.Trust;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Runtime;

/// <summary>Gathers every counter of a node under one name each.</summary>
internal static class NodeCounters
{
    /// <summary>Reads the counters; on the loop thread.</summary>
    /// <param name="core">The node.</param>
    /// <param name="trust">Who may come in.</param>
    /// <param name="control">Its local socket; null for a guest.</param>
    /// <returns>Counts since the start, by <c>part.reason</c>.</returns>
    public static IReadOnlyDictionary<string, long> Read(NodeCore core, TrustStore trust, ControlServer? control)
    {
        var counters = new SortedDictionary<string, long>(StringComparer.Ordinal);
        core.Hub.Counters.CopyTo(counters);
        counters["session.unwanted"] = core.UnwantedMessages;
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
            foreach (var code in Enum.GetValues<SessionErrorCode>())
            {
                counters[Name("publish.refused", code)] = publish.Log.Refusals[code];
            }
        }

        if (control is not null)
        {
            counters["control.failedAccepts"] = control.FailedAccepts;
        }

        counters["trust.pendingForgotten"] = trust.PendingForgotten;
        counters["trust.tooManyPeers"] = trust.TooManyPeers;
        AddTraffic(counters, core);
        AddReaders(counters, core.Watch.Readers);
        var view = core.Watch.View.Counters;
        counters["view.droppedSteps"] = view.DroppedSteps;
        counters["view.droppedNames"] = view.DroppedNames;
        counters["view.refusedDefinitions"] = view.RefusedDefinitions;
        return counters;
    }

    private static void AddTraffic(SortedDictionary<string, long> counters, NodeCore core)
    {
        var connections = core.Transport.Connections;
        counters["connections.accepted"] = connections.Accepted;
        counters["connections.flooding"] = connections.Flooding;
        counters["connections.tooMany"] = connections.TooMany;
        counters["connections.idle"] = connections.Idle;
        counters["connections.ended"] = connections.Ended;
        counters["connections.badMessages"] = core.DroppedMessages;
        foreach (var socket in core.Beacons?.Counters ?? [])
        {
            Add(counters, "datagram.received", socket.Received);
            Add(counters, "datagram.tooLong", socket.TooLong);
            Add(counters, "datagram.queueFull", socket.QueueFull);
            Add(counters, "datagram.sendFailed", socket.SendFailed);
            Add(counters, "datagram.receiveFailed", socket.ReceiveFailed);
        }
    }

    private static void AddReaders(SortedDictionary<string, long> counters, IEnumerable<PeerReader> readers)
    {
        AddReader(counters, new ReaderCounters(), reconnects: 0);
        foreach (var reader in readers)
        {
            AddReader(counters, reader.Client.Counters, reader.Reconnects);
        }
    }

    private static void AddReader(SortedDictionary<string, long> counters, ReaderCounters seen, long reconnects)
    {
        Add(counters, "read.appliedFrames", seen.AppliedFrames);
        Add(counters, "read.appliedRecords", seen.AppliedRecords);
        Add(counters, "read.fetches", seen.Fetches);
        Add(counters, "read.fetchedFrames", seen.FetchedFrames);
        Add(counters, "read.gaps", seen.Gaps);
        Add(counters, "read.badMessages", seen.BadMessages);
        Add(counters, "read.reconnects", reconnects);
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
