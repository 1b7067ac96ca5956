using Mesh.Core;

namespace Mesh.Node.Hosting;

/// <summary>Where the identity and the decisions of this user's node are kept.</summary>
internal static class StateFolderPath
{
    /// <summary>The variable that names the folder, whatever the system's habits are.</summary>
    public const string Variable = "MESH_STATE_DIR";

    /// <summary>Chooses the folder. Touches no file.</summary>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <param name="isWindows">Whether Windows' habits hold.</param>
    /// <returns>
    /// <c>MESH_STATE_DIR</c>, else <c>%LOCALAPPDATA%\Mesh</c> on Windows and <c>$XDG_STATE_HOME/mesh</c> or
    /// <c>~/.local/state/mesh</c> elsewhere, as a full path.
    /// </returns>
    /// <exception cref="MeshException">The environment names no place.</exception>
    public static string Choose(Func<string, string?> environment, bool isWindows)
    {
        if (Named(environment, Variable) is { } folder)
        {
            return Path.GetFullPath(folder);
        }

        var chosen = isWindows
            ? Below(environment, "LOCALAPPDATA", "Mesh")
            : Below(environment, "XDG_STATE_HOME", "mesh") ?? Below(environment, "HOME", ".local", "state", "mesh");
        return chosen
            ?? throw new MeshException($"There is no place for the state of the node: set {Variable} to a folder.");
    }

    // A relative path in these variables is to be ignored (XDG Base Directory Specification).
    private static string? Below(Func<string, string?> environment, string variable, params string[] folders) =>
        Named(environment, variable) is { } parent && Path.IsPathRooted(parent)
            ? Path.GetFullPath(Path.Combine([parent, .. folders]))
            : null;

    private static string? Named(Func<string, string?> environment, string variable) =>
        environment(variable) is { Length: > 0 } value ? value : null;
}
