using System.Text.Json;

namespace Mesh.Node.Output;

/// <summary>Writes lists of texts.</summary>
internal static class JsonStrings
{
    /// <summary>Writes a member that is an array of strings.</summary>
    /// <param name="json">Within an object.</param>
    /// <param name="name">Name of the member.</param>
    /// <param name="values">Any number.</param>
    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
