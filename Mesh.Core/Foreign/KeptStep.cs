using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Foreign;

/// <summary>A step that is kept, its text not made yet.</summary>
/// <param name="Record">The step; its stamp is in microseconds.</param>
/// <param name="NotePosition">Where its notes are in the <see cref="NoteStore"/>.</param>
/// <param name="Clock">The clocks of its frame.</param>
internal readonly record struct KeptStep(StepRecord Record, long NotePosition, FrameClock Clock);
