using System.Text.Json;
using Mesh.Node.Output;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Expressions;
using Mesh.Statecharts.Scxml;

namespace Mesh.Node.Charts;

/// <summary>Runs a chart for a program: a request a line, an answer a line. No request ends it.</summary>
/// <remarks>
/// <code>
/// {"op":"load","file":…,"profile":"samek|scxml"?}   reads the chart and starts it
/// {"op":"event","name":…,"data":…?}                 posts and runs until nothing waits
/// {"op":"post","name":…,"queue":"fifo|lifo"?}       posts
/// {"op":"step"} {"op":"idle"}                       runs one event; runs until nothing waits
/// {"op":"dispatch","name":…}                        runs an event past the queue
/// {"op":"advance","ms":…}                           moves the clock
/// {"op":"spy"} {"op":"trace"} {"op":"state"}        tells
/// </code>
/// </remarks>
internal sealed class LineRunner(CommandOutput output)
{
    private const double MaxAdvanceMs = 366.0 * 24 * 3_600 * 1_000;

    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = DataLimits.MaxValueDepth };

    private ChartRun? _run;
    private TextPosition _line;

    /// <summary>Starts a chart before the first request.</summary>
    /// <param name="file">The chart.</param>
    public void Load(ScxmlFile file) => _run = new ChartRun(file);

    /// <summary>Answers requests until there are no more.</summary>
    /// <param name="input">The requests.</param>
    /// <param name="stopToken">Ends the wait for the next one.</param>
    /// <returns>A task that completes at the end of the input.</returns>
    public async Task RunAsync(TextReader input, CancellationToken stopToken)
    {
        // Reading from a terminal or a pipe cannot be cancelled, only left alone.
        for (var number = 1;
            await input.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(stopToken) is { } line;
            number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                _line = new TextPosition(number, 1);
                Answer(line);
                output.Flush();
            }
        }
    }

    private void Answer(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, JsonOptions);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new RequestException("a request is a JSON object");
            }

            Handle(document.RootElement);
        }
        catch (JsonException fault)
        {
            Refuse("the request is not JSON", _line with { Column = (int)(fault.BytePositionInLine ?? 0) + 1 });
        }
        catch (ScxmlException fault)
        {
            Refuse(fault.Message, fault.Position);
        }
        catch (Exception fault) when (fault is RequestException or DataException)
        {
            Refuse(fault.Message, null);
        }
    }

    private void Handle(JsonElement request)
    {
        switch (Text(request, "op"))
        {
            case "load":
                Load(ChartFileReading.Read(Required(request, "file"), ProfileOf(request)));
                break;
            case "event":
                Post(request, isLifo: false);
                RequireIdle(Run.RunUntilIdle());
                break;
            case "post":
                Post(request, IsLifo(request));
                break;
            case "step":
                Run.Step();
                break;
            case "dispatch":
                Run.Dispatch(Required(request, "name"), DataOf(request));
                break;
            case "idle":
                RequireIdle(Run.RunUntilIdle());
                break;
            case "advance":
                RequireIdle(Run.Advance(TimeSpan.FromMilliseconds(MillisecondsOf(request))));
                break;
            case "spy":
                WriteOk(json => json.WriteStrings("lines", Run.Spy()));
                return;
            case "trace":
                WriteOk(json => json.WriteStrings("lines", Run.Trace()));
                return;
            case "state":
                WriteState();
                return;
            case var other:
                throw new RequestException(other is null ? "the request has no \"op\"" : $"unknown op \"{other}\"");
        }

        RequireNoFault();
        WriteOk(_ => { });
    }

    private ChartRun Run => _run ?? throw new RequestException("no chart is loaded");

    private void Post(JsonElement request, bool isLifo)
    {
        RequireNoFault();

        // A chart that has come to its end takes no notice of events.
        if (!Run.Post(Required(request, "name"), DataOf(request), isLifo) && !Run.IsDone)
        {
            throw new RequestException("the queue is full");
        }
    }

    private void RequireNoFault()
    {
        if (Run.Fault is { } fault)
        {
            throw new RequestException(fault);
        }
    }

    private static void RequireIdle(bool isIdle)
    {
        if (!isIdle)
        {
            throw new RequestException($"the chart is not idle after {ChartRun.MaxSteps} steps");
        }
    }

    private static Profile? ProfileOf(JsonElement request) => Text(request, "profile") switch
    {
        null => null,
        "samek" => Profile.Samek,
        "scxml" => Profile.Scxml,
        var other => throw new RequestException($"profile \"{other}\" is not one of: samek, scxml"),
    };

    private static bool IsLifo(JsonElement request) => Text(request, "queue") switch
    {
        null or "fifo" => false,
        "lifo" => true,
        var other => throw new RequestException($"queue \"{other}\" is not one of: fifo, lifo"),
    };

    private static double MillisecondsOf(JsonElement request)
    {
        return request.TryGetProperty("ms", out var element) && element.ValueKind == JsonValueKind.Number
            && element.TryGetDouble(out var number) && number is >= 0 and <= MaxAdvanceMs ? number
            : throw new RequestException("\"ms\" is a number of milliseconds from 0 to a year");
    }

    private static DataValue? DataOf(JsonElement request) =>
        request.TryGetProperty("data", out var element) && element.ValueKind != JsonValueKind.Null
            ? DataValue.Of(element) : null;

    private static string Required(JsonElement request, string name)
    {
        return Text(request, name) is { Length: > 0 } text ? text
            : throw new RequestException($"the request has no \"{name}\"");
    }

    private static string? Text(JsonElement request, string name)
    {
        if (!request.TryGetProperty(name, out var element) || element.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var value = element.ValueKind == JsonValueKind.String ? DataValue.Of(element) : DataValue.Null;
        return value.Kind == DataKind.Text ? value.Text : throw new RequestException($"\"{name}\" is not a text");
    }

    private void WriteState()
    {
        var run = Run;
        WriteOk(json =>
        {
            json.WriteStrings("config", run.Configuration);
            json.WriteBoolean("done", run.IsDone);
            json.WriteNumber("queued", run.Queued);
            json.WriteNumber("deferred", run.Deferred);
        });
    }

    private void WriteOk(Action<Utf8JsonWriter> writeMembers)
    {
        output.WriteJsonLine(json =>
        {
            json.WriteBoolean("ok", true);
            writeMembers(json);
        });
    }

    private void Refuse(string message, TextPosition? position)
    {
        output.WriteJsonLine(json =>
        {
            json.WriteBoolean("ok", false);
            json.WriteString("error", message);
            if (position is { } place)
            {
                json.WriteNumber("line", place.Line);
                json.WriteNumber("column", place.Column);
            }
        });
    }
}
