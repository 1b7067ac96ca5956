using System.Text.Json;

namespace Mesh.Bench.Harness;

/// <summary>Writes a run for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonWriterOptions Options = new() { Indented = true };

    public static void Write(string file, MachineFacts machine, IReadOnlyList<BenchRow> rows)
    {
        using var stream = File.Create(file);
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        WriteMachine(json, machine);
        json.WriteStartArray("rows");
        foreach (var row in rows)
        {
            WriteRow(json, row);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMachine(Utf8JsonWriter json, MachineFacts machine)
    {
        json.WriteStartObject("machine");
        json.WriteString("processor", machine.Processor);
        json.WriteNumber("cores", machine.Cores);
        json.WriteString("system", machine.System);
        json.WriteString("runtime", machine.Runtime);
        json.WriteString("transport", machine.Transport);
        json.WriteString("primitives", machine.Primitives);
        json.WriteNumber("load", machine.Load);
        json.WriteString("startedAt", machine.StartedAt);
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, BenchRow row)
    {
        json.WriteStartObject();
        json.WriteString("what", row.What);
        WriteNumber(json, "value", row.Value);
        json.WriteString("unit", row.Unit);
        WriteNumber(json, "baseline", row.Baseline);
        json.WriteString("baselineName", row.BaselineName);
        WriteNumber(json, "ratio", row.Ratio);
        json.WriteString("goal", string.Join(", ", row.Goals));
        if (row.IsReached is { } isReached)
        {
            json.WriteBoolean("reached", isReached);
        }
        else
        {
            json.WriteNull("reached");
        }

        json.WriteBoolean("workIsRight", row.IsWorkRight);
        json.WriteStartArray("samples");
        foreach (var sample in row.Samples)
        {
            json.WriteNumberValue(sample);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known && double.IsFinite(known))
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
