namespace Mesh.Core.Sessions;

/// <summary>The receiver's side of the credit: when to tell the sender how much was consumed.</summary>
/// <remarks>
/// Bulk is consumed as it arrives, so what is unacknowledged is on the way. A sender that sends beyond its credit only
/// fills its own link.
/// </remarks>
/// <param name="stepBytes">After how many bytes an acknowledgement is due.</param>
internal sealed class CreditMeter(uint stepBytes)
{
    private ulong _announced;

    /// <summary>Bulk bytes consumed since the session began.</summary>
    public ulong Consumed { get; private set; }

    /// <summary>Whether the sender is to be told.</summary>
    public bool IsDue => Consumed - _announced >= stepBytes;

    /// <summary>Counts a bulk message.</summary>
    /// <param name="bytes">Its plaintext.</param>
    public void Consume(int bytes) => Consumed += (uint)bytes;

    /// <summary>Notes that the sender was told of <see cref="Consumed"/>.</summary>
    public void Announced() => _announced = Consumed;
}
