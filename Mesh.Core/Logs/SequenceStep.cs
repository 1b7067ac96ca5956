namespace Mesh.Core.Logs;

/// <summary>What stands at the place where a reader goes on.</summary>
internal enum SequenceStep
{
    /// <summary>The next frame is held: take it.</summary>
    Ready,

    /// <summary>The next frame does not exist yet, or may still come.</summary>
    Waiting,

    /// <summary>Frames are gone, and those after them are held: the reader has moved past the loss.</summary>
    Skipped,

    /// <summary>The reader fell off the publisher's ring: it is to go on at the newest, by a snapshot.</summary>
    FallenOff,
}
