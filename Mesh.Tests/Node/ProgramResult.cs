using Mesh.Node;

namespace Mesh.Tests.Node;

/// <summary>What one run of <c>meshnode</c> left behind.</summary>
internal sealed record ProgramResult(ExitCode ExitCode, string Output, string Error);
