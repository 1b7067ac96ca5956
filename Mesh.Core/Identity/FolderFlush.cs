using System.Runtime.InteropServices;

namespace Mesh.Core.Identity;

/// <summary>Flushes a folder's entries to the disk, which .NET has no call for.</summary>
internal static partial class FolderFlush
{
    private const int ReadOnly = 0;
    private const int InvalidArgument = 22;

    /// <summary>Makes renames in a folder last. Does nothing on Windows, where renames are journalled.</summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"{folder} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        try
        {
            // Some file systems cannot flush a folder and say EINVAL; they order renames by themselves.
            if (Synchronize(descriptor) < 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
            {
                throw new IOException($"{folder} cannot be flushed: {Marshal.GetLastPInvokeErrorMessage()}");
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    // Two arguments of a variadic function: the same registers on the systems that .NET runs on, as no mode is passed.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
