using System.CommandLine;
using System.Text.Json;
using Mesh.Node.Charts;
using Mesh.Node.Output;
using Mesh.Statecharts.Scxml;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode charts check</c>: what is probably wrong in the file of a chart.</summary>
internal static class ChartCheckCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "An SCXML file" };
        var command = new Command("check", "Look for mistakes in the file of a chart; ends 1 when there are some.")
        {
            file,
            new OutputOption(OutputFormat.Text, OutputFormat.Json),
        };
        command.SetAction(result => (int)Run(context.Output, result.GetValue(file)!));
        return command;
    }

    private static ExitCode Run(CommandOutput output, string path)
    {
        if (ChartFileReading.TryRead(output, path, null, out var file) is var ending and not ExitCode.Ok)
        {
            return ending;
        }

        var findings = file!.Check();
        if (output.IsJson)
        {
            output.WriteJson("mesh.chart-check/1", json => Write(json, path, findings));
        }
        else
        {
            foreach (var finding in findings)
            {
                output.WriteLine(
                    $"{path}:{finding.Position}: {SeverityOf(finding)}: {finding.Message} [{KindOf(finding)}]");
            }

            if (findings.Count == 0)
            {
                output.WriteLine($"{path}: no mistakes found");
            }
        }

        return findings.Any(finding => finding.IsMistake) ? ExitCode.Failed : ExitCode.Ok;
    }

    private static void Write(Utf8JsonWriter json, string path, IReadOnlyList<ChartFinding> findings)
    {
        json.WriteString("file", path);
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", KindOf(finding));
            json.WriteString("severity", SeverityOf(finding));
            json.WriteString("message", finding.Message);
            json.WriteNumber("line", finding.Position.Line);
            json.WriteNumber("column", finding.Position.Column);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string KindOf(ChartFinding finding) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(finding.Kind.ToString());

    private static string SeverityOf(ChartFinding finding) => finding.IsMistake ? "warning" : "note";
}
