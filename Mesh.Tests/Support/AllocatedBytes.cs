namespace Mesh.Tests.Support;

/// <summary>Counts what a hot method allocates.</summary>
internal static class AllocatedBytes
{
    private const int Rounds = 100;

    /// <summary>Runs an action once to warm it and then a hundred times.</summary>
    /// <param name="action">The method, on prepared arguments.</param>
    /// <returns>Bytes that the hundred runs allocated on this thread.</returns>
    public static long Of(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0; round < Rounds; round++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
