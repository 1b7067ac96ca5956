namespace Mesh.Node;

/// <summary>How a run of <c>meshnode</c> ended. The numbers are a promise to scripts: none is ever reused.</summary>
internal enum ExitCode
{
    /// <summary>Success, an empty list, or the normal end of a stream.</summary>
    Ok = 0,

    /// <summary>The operation ran and failed.</summary>
    Failed = 1,

    /// <summary>Bad arguments, an unknown profile, or an invalid configuration.</summary>
    Usage = 2,

    /// <summary>No such peer, chart, event, recording or file.</summary>
    NotFound = 3,

    /// <summary>Denied by trust or by a missing right. Final: do not retry.</summary>
    NotTrusted = 4,

    /// <summary>The command needs a running node and could not reach it.</summary>
    NoDaemon = 5,

    /// <summary>The time allowed passed without the awaited thing.</summary>
    Timeout = 6,

    /// <summary>The stream ended normally, but data was lost and the caller asked to be told so.</summary>
    Loss = 7,

    /// <summary>An address cannot be bound or reached: port in use, excluded range, no interface.</summary>
    Address = 8,

    /// <summary>The peer speaks an incompatible version of the protocol.</summary>
    Version = 9,

    /// <summary>A command that does not stream was interrupted (SIGINT, Ctrl-C).</summary>
    Interrupted = 130,

    /// <summary>A command that does not stream was asked to end (SIGTERM).</summary>
    Terminated = 143,
}
