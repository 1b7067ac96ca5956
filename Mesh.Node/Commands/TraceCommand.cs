using System.CommandLine;
using Mesh.Core.Foreign;
using Mesh.Node.Output;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode trace</c>: which transitions a chart took, as its node still holds them.</summary>
internal static class TraceCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var mesh = new MeshChoice();
        var chart = ChartReading.Argument();
        var command = new Command("trace", "Print the changes of state of a chart up to now.")
        {
            chart,
            new OutputOption(OutputFormat.Text, OutputFormat.Json),
        };
        mesh.AddTo(command);
        command.SetAction(async (result, _) =>
        {
            var hsm = await ChartReading.ReadAsync(context, mesh, result, result.GetValue(chart)!, needsSpy: false);
            ChartLines.Print(context.Output, "mesh.trace/1", hsm, Lines(hsm));
            return (int)ExitCode.Ok;
        });
        return command;
    }

    /// <summary>The lines of a chart's trace, without the empty one that miros begins with.</summary>
    internal static IReadOnlyList<string> Lines(ForeignHsm hsm) =>
        hsm.Trace().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
