namespace Mesh.Statecharts.Hosting;

/// <summary>A timed post that is pending.</summary>
/// <param name="Id">What cancels it.</param>
/// <param name="Posted">What it posts.</param>
/// <param name="SendId">The id of its send.</param>
/// <param name="State">How far it has come.</param>
internal readonly record struct PendingPost(long Id, Event Posted, string? SendId, TimerState State);
