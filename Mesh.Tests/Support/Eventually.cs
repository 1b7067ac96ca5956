using NUnit.Framework;

namespace Mesh.Tests.Support;

/// <summary>Waits for what another thread or process will do, by looking again and again.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks until the value is right; fails the test when it does not become so in time.</summary>
    public static async Task<T> GetAsync<T>(Func<T> look, Predicate<T> isRight, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Pause);
        for (var elapsed = TimeSpan.Zero; elapsed < MeshProcess.MustHappen; elapsed += Pause)
        {
            var value = look();
            if (isRight(value))
            {
                return value;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        var last = look();
        throw new AssertionException($"Did not become right in {MeshProcess.MustHappen}; last seen: {last}");
    }
}
