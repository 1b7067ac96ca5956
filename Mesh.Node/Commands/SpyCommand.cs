using System.CommandLine;
using Mesh.Node.Output;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode spy</c>: what a chart did step by step, as its node still holds it.</summary>
internal static class SpyCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var mesh = new MeshChoice();
        var chart = ChartReading.Argument();
        var command = new Command("spy", "Print what a chart did up to now, line by line.")
        {
            chart,
            new OutputOption(OutputFormat.Text, OutputFormat.Json),
        };
        mesh.AddTo(command);
        command.SetAction(async (result, _) =>
        {
            var hsm = await ChartReading.ReadAsync(context, mesh, result, result.GetValue(chart)!, needsSpy: true);
            ChartLines.Print(context.Output, "mesh.spy/1", hsm, hsm.Spy());
            return (int)ExitCode.Ok;
        });
        return command;
    }
}
