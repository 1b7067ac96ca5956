using Mesh.Core.Foreign;

namespace Mesh.Node.Output;

/// <summary>Prints the lines of one chart, as they are or as a document.</summary>
internal static class ChartLines
{
    /// <summary>Prints them.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="schema">The name of the document.</param>
    /// <param name="hsm">Whose lines.</param>
    /// <param name="lines">The lines.</param>
    public static void Print(CommandOutput output, string schema, ForeignHsm hsm, IReadOnlyList<string> lines)
    {
        if (!output.IsJson)
        {
            foreach (var line in lines)
            {
                output.WriteLine(line);
            }

            return;
        }

        output.WriteJson(schema, json =>
        {
            json.WriteString("peer", hsm.PeerName);
            json.WriteString("chart", hsm.Name);
            json.WriteString("state", hsm.StateName);
            json.WriteStrings("lines", lines);
        });
    }
}
