namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>What one instruction of a handler, or of a script outside the chart, does.</summary>
internal enum SpecActionKind
{
    /// <summary>Writes a line of its own into the spy.</summary>
    Scribble,

    /// <summary>Posts a signal to the end of the queue.</summary>
    PostFifo,

    /// <summary>Posts a signal to the front of the queue.</summary>
    PostLifo,

    /// <summary>Puts a signal into the deferral queue.</summary>
    Defer,

    /// <summary>Moves the oldest deferred signal to the end of the queue.</summary>
    Recall,

    /// <summary>Gives a variable a value.</summary>
    Set,

    /// <summary>Adds to a variable.</summary>
    Add,

    /// <summary>Stores the state that runs the handler under a name, to transition to later.</summary>
    Remember,

    /// <summary>Posts a signal to the end of the queue every period.</summary>
    TimedFifo,

    /// <summary>Posts a signal to the front of the queue every period.</summary>
    TimedLifo,

    /// <summary>Ends the timed posts that were made under a name.</summary>
    Cancel,

    /// <summary>Subscribes to a signal.</summary>
    Subscribe,

    /// <summary>Publishes a signal.</summary>
    Publish,
}
