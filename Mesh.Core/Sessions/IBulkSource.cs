namespace Mesh.Core.Sessions;

/// <summary>Where a session takes its bulk messages from, one at a time, when the peer has room for them.</summary>
internal interface IBulkSource
{
    /// <summary>Writes the next bulk message.</summary>
    /// <param name="destination">
    /// Room for one message; at times less than a full one, because the peer's credit is nearly used up.
    /// </param>
    /// <param name="now">The loop's monotonic time.</param>
    /// <param name="length">The length of the message, when the method returns <see langword="true"/>.</param>
    /// <returns>
    /// <see langword="false"/> when there is nothing to send, or when the next message does not fit. It is asked again
    /// when credit comes back, and after the owner called <c>BulkReady</c>.
    /// </returns>
    bool TryProduce(Span<byte> destination, TimeSpan now, out int length);
}
