using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>Keeps guards as readable text in the case files.</summary>
internal sealed class SpecGuardConverter : JsonConverter<SpecGuard>
{
    /// <inheritdoc/>
    public override SpecGuard Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SpecGuard.Parse(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SpecGuard value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
