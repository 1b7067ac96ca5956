namespace Mesh.Core.Logs;

/// <summary>A range of frame numbers of one lane, both ends included.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last; not below <paramref name="From"/>.</param>
internal readonly record struct FrameRange(ulong From, ulong To)
{
    /// <summary>How many frames it covers.</summary>
    public ulong Count => To - From + 1;
}
