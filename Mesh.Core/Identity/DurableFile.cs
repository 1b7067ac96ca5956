namespace Mesh.Core.Identity;

/// <summary>Writes small files so that a power cut leaves the old content or the new, never a part.</summary>
/// <remarks>
/// Written aside, flushed to the disk, renamed; then the folder is flushed too, so that the rename itself lasts. Files
/// are readable by their owner alone (mode 0600); on Windows they inherit the rights of their folder.
/// </remarks>
internal static class DurableFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string AsideExtension = ".new";

    /// <summary>Writes a file, replacing what was there.</summary>
    /// <param name="path">Full path; its folder exists.</param>
    /// <param name="content">The whole content.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not writable.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var aside = AsideOf(path);

        try
        {
            WriteAside(aside, content);
            File.Move(aside, path, overwrite: true);
        }
        finally
        {
            // Gone already, unless something failed.
            File.Delete(aside);
        }

        FolderFlush.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>Writes a file if there is none; of several writers at once exactly one wins.</summary>
    /// <param name="path">Full path; its folder exists.</param>
    /// <param name="content">The whole content.</param>
    /// <returns><see langword="false"/> when the file was there already and stays as it is.</returns>
    /// <exception cref="IOException">The disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not writable.</exception>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        var aside = AsideOf(path);

        try
        {
            WriteAside(aside, content);
            HardLink.MoveNew(aside, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(aside);
        }

        FolderFlush.Flush(Path.GetDirectoryName(path)!);
        return true;
    }

    /// <summary>Reads a whole file that must be small.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="maxBytes">The most it may hold.</param>
    /// <returns>The content, or null when there is no such file.</returns>
    /// <exception cref="MeshException">The file is larger, or cannot be read.</exception>
    public static byte[]? TryRead(string path, int maxBytes)
    {
        try
        {
            using var file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            if (length > maxBytes)
            {
                throw new MeshException($"{path} is too large: {length} bytes, at most {maxBytes} are expected.");
            }

            var content = new byte[length];
            var count = 0;
            for (int read; count < content.Length; count += read)
            {
                read = RandomAccess.Read(file, content.AsSpan(count), count);
                if (read == 0)
                {
                    break;
                }
            }

            return count == content.Length ? content : content[..count];
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new MeshException($"{path} cannot be read: {cause.Message}", cause);
        }
    }

    // A name of its own for each writer: two processes may start at once on an empty folder.
    private static string AsideOf(string path) =>
        $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}{AsideExtension}";

    private static void WriteAside(string aside, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
        };

        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(aside, options);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }
}
