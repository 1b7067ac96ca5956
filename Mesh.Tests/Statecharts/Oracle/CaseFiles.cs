using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>Reads and writes cases as JSON.</summary>
internal static class CaseFiles
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>All cases under <c>Expectations/miros</c>, by the name of their file and their place in it.</summary>
    public static IReadOnlyList<ChartCase> ReadAll()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Expectations", "miros");
        return [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).SelectMany(ReadFile)];
    }

    /// <summary>The cases of one file, which holds a list.</summary>
    public static IReadOnlyList<ChartCase> ReadFile(string path) =>
        JsonSerializer.Deserialize<List<ChartCase>>(File.ReadAllText(path), Options) ?? [];

    /// <summary>One case as JSON on one line, fit to be put into a case file.</summary>
    public static string Write(ChartCase chartCase) => JsonSerializer.Serialize(chartCase, Options);
}
