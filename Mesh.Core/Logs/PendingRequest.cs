using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Logs;

/// <summary>A request of a <see cref="LogClient"/> that is not answered yet.</summary>
/// <param name="Type">What was asked.</param>
/// <param name="Reader">The reader it was asked for; null for ATTACH and DEFINITION.</param>
/// <param name="Hash">The definition that was asked for.</param>
/// <param name="Assembly">Where its chunks go.</param>
internal readonly record struct PendingRequest(
    SessionMessageType Type,
    LaneReader? Reader,
    DefinitionHash Hash,
    ChunkAssembly? Assembly);
