namespace Mesh.Core.Sessions;

/// <summary>The sender's side of the credit: how many bulk bytes the peer may still be sent.</summary>
internal sealed class CreditWindow
{
    private ulong _sent;
    private ulong _consumed;

    /// <summary>Bytes that may be unacknowledged at most; 0 until the peer has said its limit.</summary>
    public uint SizeBytes { get; private set; }

    /// <summary>Bytes that may be sent now.</summary>
    public uint AvailableBytes => (uint)(SizeBytes - Math.Min(SizeBytes, _sent - _consumed));

    /// <summary>Opens the window.</summary>
    /// <param name="sizeBytes">What the peer holds at most, and no more than this side's own limit.</param>
    public void Open(uint sizeBytes) => SizeBytes = sizeBytes;

    /// <summary>Counts a message that was given to the link.</summary>
    /// <param name="bytes">Its plaintext.</param>
    public void Sent(int bytes) => _sent += (uint)bytes;

    /// <summary>Takes the peer's word on what it consumed since the session began.</summary>
    /// <param name="consumed">The number from the peer, untrusted.</param>
    /// <returns><see langword="false"/> when it is less than before or more than was sent.</returns>
    public bool TryAcknowledge(ulong consumed)
    {
        if (consumed < _consumed || consumed > _sent)
        {
            return false;
        }

        _consumed = consumed;
        return true;
    }
}
