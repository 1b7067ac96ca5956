using Mesh.Core.Runtime;

namespace Mesh.Core;

/// <summary>How far what is watched has been read.</summary>
public sealed partial class MeshNode
{
    private static readonly TimeSpan UpToDatePoll = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until everything that a watched node has to tell up to now was read.</summary>
    /// <param name="node">Its name or its id; its charts are watched already.</param>
    /// <param name="patience">How long to wait at most.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>False when that did not happen in time: it is not there, refuses, or gives no right to watch.</returns>
    public async Task<bool> WhenUpToDateAsync(
        string node, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(node);
        var time = _parts.Platform.TimeProvider;
        var begin = time.GetTimestamp();
        while (!await _parts.Loop.InvokeAsync(_ => IsUpToDate(node), cancellationToken).ConfigureAwait(false))
        {
            if (time.GetElapsedTime(begin) >= patience)
            {
                return false;
            }

            await Task.Delay(UpToDatePoll, time, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private bool IsUpToDate(string node)
    {
        var readers = _parts.Core.Watch.Readers.Where(reader => IsOf(reader, node)).ToList();
        return readers.Count > 0 && readers.TrueForAll(reader => reader.IsUpToDate);
    }

    private static bool IsOf(PeerReader reader, string node) =>
        reader.Session is { } session && (session.Name == node || session.Peer.Id.ToString() == node);
}
