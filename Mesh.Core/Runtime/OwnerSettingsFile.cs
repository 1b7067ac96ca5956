using System.Text.Json;
using System.Text.Unicode;
using Mesh.Core.Control;
using Mesh.Core.Identity;

namespace Mesh.Core.Runtime;

/// <summary>Keeps the settings of the last owner in its state folder, as <c>owner.json</c>.</summary>
internal static class OwnerSettingsFile
{
    private const string FileName = "owner.json";
    private const int MaxFileBytes = 16 * 1024;

    /// <summary>Reads what the last owner left.</summary>
    /// <param name="stateFolder">The state folder; need not exist.</param>
    /// <returns>Its settings; null when there are none, or they are damaged.</returns>
    public static OwnerSettings? Read(string stateFolder)
    {
        try
        {
            var content = DurableFile.TryRead(Path.Combine(stateFolder, FileName), MaxFileBytes);

            // The text of a fault repeats what is wrong, many times as long where it is no text at all.
            return content is null || !Utf8.IsValid(content)
                ? null
                : JsonSerializer.Deserialize(content, ControlJson.Default.OwnerSettings);
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Leaves settings for guests; writes only what has changed.</summary>
    /// <param name="stateFolder">The state folder, which the caller owns.</param>
    /// <param name="settings">What the owner runs with.</param>
    /// <exception cref="MeshException">The file cannot be written.</exception>
    public static void Save(string stateFolder, OwnerSettings settings)
    {
        if (Read(stateFolder) == settings)
        {
            return;
        }

        var path = Path.Combine(stateFolder, FileName);
        try
        {
            DurableFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(settings, ControlJson.Default.OwnerSettings));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new MeshException($"{path} cannot be written: {fault.Message}", fault);
        }
    }
}
