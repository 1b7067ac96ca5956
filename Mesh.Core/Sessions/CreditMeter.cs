namespace Mesh.Core.Sessions;

/// <summary>The receiver's side of the credit: when to tell the sender how much was consumed.</summary>
/// <param name="windowBytes">What the sender may have unacknowledged.</param>
/// <param name="stepBytes">After how many bytes an acknowledgement is due.</param>
internal sealed class CreditMeter(uint windowBytes, uint stepBytes)
{
    private ulong _announced;

    /// <summary>Bulk bytes consumed since the session began.</summary>
    public ulong Consumed { get; private set; }

    /// <summary>Whether the sender is to be told.</summary>
    public bool IsDue => Consumed - _announced >= stepBytes;

    /// <summary>Counts a bulk message.</summary>
    /// <param name="bytes">Its plaintext.</param>
    /// <returns><see langword="false"/> when the sender had no credit for it.</returns>
    public bool TryConsume(int bytes)
    {
        if (Consumed - _announced + (uint)bytes > windowBytes)
        {
            return false;
        }

        Consumed += (uint)bytes;
        return true;
    }

    /// <summary>Notes that the sender was told of <see cref="Consumed"/>.</summary>
    public void Announced() => _announced = Consumed;
}
