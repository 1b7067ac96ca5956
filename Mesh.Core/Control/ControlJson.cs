using System.Text.Json.Serialization;

namespace Mesh.Core.Control;

/// <summary>The JSON of the local socket, generated so that it works without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlResponse))]
[JsonSerializable(typeof(OwnerSettings))]
internal sealed partial class ControlJson : JsonSerializerContext;
