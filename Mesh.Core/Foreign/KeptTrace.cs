using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Foreign;

/// <summary>A line of the trace that is kept, its text not made yet.</summary>
/// <param name="Record">The line; its stamp is in microseconds.</param>
/// <param name="Clock">The clocks of its frame.</param>
internal readonly record struct KeptTrace(TraceRecord Record, FrameClock Clock);
