using System.Text.Json;

namespace Mesh.Tests.Core.Sealing;

/// <summary>
/// The test vectors: files under <c>Mesh.Tests/Vectors</c>, and more in the folder that the environment variable
/// <c>MESH_VECTORS</c> names.
/// </summary>
internal static class VectorFiles
{
    private const string FolderVariable = "MESH_VECTORS";

    /// <summary>Finds vector files.</summary>
    /// <param name="pattern">A file name with wildcards.</param>
    /// <returns>Full paths, in order; may be none.</returns>
    public static IEnumerable<string> Find(string pattern)
    {
        string?[] folders =
        [
            Path.Combine(AppContext.BaseDirectory, "Vectors"),
            Environment.GetEnvironmentVariable(FolderVariable),
        ];

        return folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder!, pattern))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Reads a file of the repository.</summary>
    /// <param name="fileName">Its name under <c>Mesh.Tests/Vectors</c>.</param>
    /// <returns>Its entries.</returns>
    public static IEnumerable<JsonElement> Tests(string fileName) =>
        Read(Path.Combine(AppContext.BaseDirectory, "Vectors", fileName)).GetProperty("tests").EnumerateArray();

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">Where it is.</param>
    /// <returns>Its root.</returns>
    public static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;

    /// <summary>A text property.</summary>
    /// <param name="test">An entry.</param>
    /// <param name="name">The property.</param>
    /// <returns>Its text.</returns>
    public static string Text(this JsonElement test, string name) => test.GetProperty(name).GetString()!;

    /// <summary>A property in hexadecimal.</summary>
    /// <param name="test">An entry.</param>
    /// <param name="name">The property.</param>
    /// <returns>Its bytes.</returns>
    public static byte[] Bytes(this JsonElement test, string name) => Convert.FromHexString(test.Text(name));
}
