namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>What a session is at when the input arrives.</summary>
internal enum SessionStage : byte
{
    /// <summary>The first word is to come.</summary>
    Opening,

    /// <summary>Open, and nobody has asked for anything but this side's ATTACH.</summary>
    Open,

    /// <summary>Open, and this side reads the peer's history.</summary>
    Reading,

    /// <summary>Open, and this side waits for a snapshot.</summary>
    AwaitingSnapshot,

    /// <summary>Open, and the peer reads this side.</summary>
    Serving,

    /// <summary>This side has said BYE.</summary>
    Closing,

    /// <summary>It is over.</summary>
    Ended,
}
