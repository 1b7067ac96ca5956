namespace Mesh.Core.Sessions;

/// <summary>Allows so many events a second, and as many at once after a quiet second.</summary>
/// <param name="perSecond">Events a second, and the size of the bucket.</param>
internal sealed class TokenBucket(int perSecond)
{
    private double _tokens = perSecond;
    private TimeSpan _filledAt;

    /// <summary>Takes a token if there is one.</summary>
    /// <param name="now">The loop's monotonic time.</param>
    /// <returns><see langword="false"/> when the bucket is empty.</returns>
    public bool TryTake(TimeSpan now)
    {
        if (now > _filledAt)
        {
            _tokens = Math.Min(perSecond, _tokens + ((now - _filledAt).TotalSeconds * perSecond));
            _filledAt = now;
        }

        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }
}
