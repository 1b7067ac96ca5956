using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>Keeps actions as readable lines in the case files.</summary>
internal sealed class SpecActionConverter : JsonConverter<SpecAction>
{
    /// <inheritdoc/>
    public override SpecAction Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SpecAction.Parse(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SpecAction value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
