using System.Runtime.InteropServices;

namespace Mesh.Core.Identity;

/// <summary>Gives a file a name that no other has, which .NET does in two steps on Unix: look, then rename.</summary>
internal static partial class HardLink
{
    private const int FileExists = 17;

    /// <summary>Moves a file to a name of the same folder; of many that try at once, one succeeds.</summary>
    /// <param name="source">Full path; may be left behind as a second name, for the caller to delete.</param>
    /// <param name="destination">Full path.</param>
    /// <exception cref="IOException">The destination exists, or the disk refuses.</exception>
    public static void MoveNew(string source, string destination)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(source, destination, overwrite: false);
            return;
        }

        if (Link(source, destination) == 0)
        {
            return;
        }

        if (Marshal.GetLastPInvokeError() == FileExists)
        {
            throw new IOException($"{destination} exists already.");
        }

        // A file system without hard links.
        File.Move(source, destination, overwrite: false);
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string source, string destination);
}
