using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Scxml;

namespace Mesh.Node.Charts;

/// <summary>Reads the file of a chart, or says why not.</summary>
internal static class ChartFileReading
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="profile">The profile to take instead of the file's own.</param>
    /// <returns>The chart.</returns>
    /// <exception cref="ScxmlException">The file is no chart.</exception>
    /// <exception cref="RequestException">The file cannot be read.</exception>
    public static ScxmlFile Read(string path, Profile? profile)
    {
        try
        {
            return ScxmlFile.Load(path, profile);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RequestException($"{path}: no such file");
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new RequestException($"{path}: cannot be read (a folder, or not allowed)");
        }
    }

    /// <summary>Reads a file that the command line names.</summary>
    /// <param name="output">Told what is wrong.</param>
    /// <param name="path">The file.</param>
    /// <param name="profile">The profile to take instead of the file's own.</param>
    /// <param name="file">The chart, when the method returns Ok.</param>
    /// <returns>How the command ends otherwise.</returns>
    public static ExitCode TryRead(
        Output.CommandOutput output, string path, Profile? profile, out ScxmlFile? file)
    {
        file = null;
        try
        {
            file = Read(path, profile);
            return ExitCode.Ok;
        }
        catch (ScxmlException fault)
        {
            return output.Fail(ExitCode.Usage, $"{path}:{fault.Position}: {fault.Message}");
        }
        catch (RequestException fault)
        {
            var isThere = File.Exists(path) || Directory.Exists(path);
            return output.Fail(isThere ? ExitCode.Failed : ExitCode.NotFound, fault.Message);
        }
    }
}
