namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>What a case was recorded on.</summary>
internal enum CaseHost
{
    /// <summary>The bare event processor: no queues, no queue lines.</summary>
    Processor,

    /// <summary>Queues but no thread: one step for each posted event.</summary>
    Queues,

    /// <summary>An active object: everything queued is run after the start and after each event.</summary>
    Active,
}
