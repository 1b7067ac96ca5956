using System.CommandLine;
using System.CommandLine.Invocation;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode --version</c>: one line.</summary>
internal sealed class VersionAction(CommandContext context) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        context.Output.WriteLine($"meshnode {VersionCommand.Version}");
        return (int)ExitCode.Ok;
    }
}
