namespace Mesh.Core.Foreign;

/// <summary>How much memory the charts of one peer may still take. One thread (the loop) uses it.</summary>
/// <param name="bytes">The most that they may take together.</param>
internal sealed class ViewBudget(long bytes)
{
    /// <summary>How much was taken, in bytes.</summary>
    public long TakenBytes { get; private set; }

    /// <summary>Takes a part of the budget.</summary>
    /// <param name="count">How many bytes.</param>
    /// <returns>False when so much is not left; nothing was taken then.</returns>
    public bool TryTake(long count)
    {
        if (count > bytes - TakenBytes)
        {
            return false;
        }

        TakenBytes += count;
        return true;
    }

    /// <summary>Takes what must be, beyond the budget if there is no other way.</summary>
    /// <param name="count">How many bytes.</param>
    public void Take(long count) => TakenBytes += count;

    /// <summary>Gives a part back.</summary>
    /// <param name="count">How many bytes.</param>
    public void Return(long count) => TakenBytes -= count;
}
