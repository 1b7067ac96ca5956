using Mesh.Core.Foreign;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>What a view keeps of a peer's charts on purpose: bounded by their number and by a budget.</summary>
internal static class ViewMemory
{
    // An object with empty rings, its names and last step, its place in a table, and in the line of what is to be told.
    private const int BytesPerChart = 1_536;

    /// <summary>About how much it is, in bytes.</summary>
    /// <param name="peer">Whose charts.</param>
    public static long Of(PeerView peer) => peer.Budget.TakenBytes + (BytesPerChart * (long)peer.Charts().Count);
}
