using System.Globalization;
using System.Text.Json;
using Mesh.Core.Foreign;
using Mesh.Node.Watching;

namespace Mesh.Node.Output;

/// <summary>Prints charts and how they stand, as a table or as a document.</summary>
internal static class ChartList
{
    private static readonly string[] Headings = ["CHART", "STATE", "STEPS", "STATUS"];

    /// <summary>Prints charts.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="charts">Any number; none is said in a note.</param>
    public static void Print(CommandOutput output, IReadOnlyList<ForeignHsm> charts)
    {
        if (output.IsJson)
        {
            output.WriteJson("mesh.charts/1", json => Write(json, charts));
        }
        else if (charts.Count == 0)
        {
            output.Note("none");
        }
        else
        {
            foreach (var line in TableText.Format(Headings, charts.Select(Row), output.Columns))
            {
                output.WriteLine(line);
            }
        }
    }

    private static string[] Row(ForeignHsm hsm) =>
        [hsm.ToString(), hsm.StateName, StepCount(hsm).ToString(CultureInfo.InvariantCulture), Status(hsm)];

    // Step 0 is the start.
    private static ulong StepCount(ForeignHsm hsm) => hsm.LastStep ?? 0;

    private static string Status(ForeignHsm hsm) => hsm switch
    {
        { End: not ForeignEnd.None } => StepFeed.Word(hsm.End),
        { IsFaulted: true } => "faulted",
        _ => "running",
    };

    private static void Write(Utf8JsonWriter json, IReadOnlyList<ForeignHsm> charts)
    {
        json.WriteStartArray("charts");
        foreach (var hsm in charts)
        {
            json.WriteStartObject();
            json.WriteString("peer", hsm.PeerName);
            json.WriteString("peerId", hsm.Peer.ToString());
            json.WriteString("chart", hsm.Name);
            json.WriteString("traceName", hsm.TraceName);
            json.WriteStrings("states", LeafNames.Of(hsm.StateName));
            json.WriteNumber("steps", StepCount(hsm));
            json.WriteString("status", Status(hsm));
            json.WriteNumber("incarnation", hsm.Incarnation);
            json.WriteNumber("instance", hsm.Chart);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
