using Mesh.Node.Output;

namespace Mesh.Node.Commands;

/// <summary>What every command is built with.</summary>
/// <param name="Services">The machine around the program.</param>
/// <param name="Output">Where the command writes; its format is set before the command runs.</param>
internal sealed record CommandContext(ProgramServices Services, CommandOutput Output);
