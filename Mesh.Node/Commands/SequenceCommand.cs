using System.CommandLine;
using System.Text;
using System.Text.Json;
using Mesh.Node.Output;
using Mesh.Node.Watching;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode sequence</c>: trace text to sequence diagrams.</summary>
internal static class SequenceCommand
{
    private const string StandardInput = "-";

    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var mesh = new MeshChoice();
        var source = new Argument<string?>("NODE/CHART|FILE")
        {
            Description = "A chart, or a file that holds trace lines among others; standard input for - or nothing",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var number = new Option<bool>("--number") { Description = "Number the steps" };
        var command = new Command("sequence", "Draw what a chart did as a sequence diagram, also from a file.")
        {
            source,
            number,
            new OutputOption(OutputFormat.Text, OutputFormat.Json),
        };
        mesh.AddTo(command);
        command.SetAction(async (result, stopToken) =>
        {
            var name = result.GetValue(source);
            if (name is null && context.Services.InputIsTerminal)
            {
                return (int)context.Output.Fail(
                    ExitCode.Usage, "name a chart or a file, or - to type the trace. See `meshnode sequence --help`.");
            }

            // A file of that name is meant before a chart; what is there can be seen.
            var isNumbered = result.GetValue(number);
            return (int)(name is not null && !File.Exists(name) && ChartAddress.TryParse(name) is { } address
                ? await RunAsync(context, mesh, result, address, isNumbered)
                : await RunAsync(context, name ?? StandardInput, isNumbered, stopToken));
        });
        return command;
    }

    /// <summary>Draws trace text, wherever it came from.</summary>
    /// <param name="output">Where the diagrams go.</param>
    /// <param name="text">Lines of a log.</param>
    /// <param name="isNumbered">Numbers the steps.</param>
    /// <returns>False when there is no trace in the text; nothing was written then.</returns>
    internal static bool TryDraw(CommandOutput output, IEnumerable<string> text, bool isNumbered)
    {
        var diagrams = SequenceDiagram.Parse(text, isNumbered);
        if (diagrams.Count > 0)
        {
            Print(output, diagrams);
        }

        return diagrams.Count > 0;
    }

    private static async Task<ExitCode> RunAsync(
        CommandContext context, MeshChoice mesh, ParseResult result, ChartAddress address, bool isNumbered)
    {
        var hsm = await ChartReading.ReadAsync(context, mesh, result, address, needsSpy: false);
        return TryDraw(context.Output, TraceCommand.Lines(hsm), isNumbered)
            ? ExitCode.Ok
            : context.Output.Fail(ExitCode.NotFound, $"{address} has no trace yet");
    }

    private static async Task<ExitCode> RunAsync(
        CommandContext context, string name, bool isNumbered, CancellationToken stopToken)
    {
        try
        {
            var lines = await ReadLinesAsync(context.Services, name, stopToken);
            return TryDraw(context.Output, lines, isNumbered)
                ? ExitCode.Ok
                : context.Output.Fail(ExitCode.NotFound, $"{name}: no trace lines in it");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return context.Output.Fail(ExitCode.NotFound, $"{name}: no such file");
        }
        catch (UnauthorizedAccessException)
        {
            return context.Output.Fail(ExitCode.Failed, $"{name}: cannot be read (a folder, or not allowed)");
        }
    }

    private static async Task<List<string>> ReadLinesAsync(
        ProgramServices services, string name, CancellationToken stopToken)
    {
        using var reader = new StreamReader(
            name == StandardInput ? services.Input : File.OpenRead(name), Encoding.UTF8);
        var lines = new List<string>();

        // Reading from a terminal or a pipe cannot be cancelled, only left alone.
        while (await reader.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(stopToken) is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    private static void Print(CommandOutput output, IReadOnlyList<SequenceDiagram> diagrams)
    {
        if (output.IsJson)
        {
            output.WriteJson("mesh.sequence/1", json => WriteCharts(json, diagrams));
            return;
        }

        foreach (var diagram in diagrams)
        {
            if (diagram != diagrams[0])
            {
                output.WriteLine("");
            }

            foreach (var line in diagram.Draw())
            {
                output.WriteLine(line);
            }
        }
    }

    private static void WriteCharts(Utf8JsonWriter json, IReadOnlyList<SequenceDiagram> diagrams)
    {
        json.WriteStartArray("charts");
        foreach (var diagram in diagrams)
        {
            json.WriteStartObject();
            json.WriteString("chart", diagram.Chart);
            json.WriteStartArray("steps");
            foreach (var step in diagram.Steps)
            {
                WriteStep(json, step);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStep(Utf8JsonWriter json, TraceLine step)
    {
        json.WriteStartObject();
        json.WriteString("time", step.Time.Length > 0 ? step.Time : null);
        json.WriteString("signal", step.Signal);
        json.WriteString("from", step.From);
        json.WriteString("to", step.To);
        json.WriteEndObject();
    }
}
