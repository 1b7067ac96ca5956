using System.Globalization;
using System.Text;

namespace Mesh.Core.Identity;

/// <summary>An exclusive lock between processes; the system lets go of it when the holder dies.</summary>
/// <remarks>
/// An open file that nobody else can open (flock on Unix, a sharing lock on Windows); it stays behind, empty, when the
/// lock is let go. The holder's process id stands in a second file beside it, because the first cannot be read while it
/// is held. Works between two handles of one process as well.
/// </remarks>
internal sealed class FileLock : IDisposable
{
    private const string HolderExtension = ".pid";
    private const int MaxHolderBytes = 32;

    private readonly FileStream _file;
    private readonly string _holderPath;

    private FileLock(FileStream file, string holderPath)
    {
        _file = file;
        _holderPath = holderPath;
    }

    /// <summary>Takes the lock if nobody has it.</summary>
    /// <param name="path">The lock file; its folder exists.</param>
    /// <returns>The lock, which the caller disposes, or null when another has it.</returns>
    /// <exception cref="MeshException">The file cannot be made or opened.</exception>
    public static FileLock? TryAcquire(string path)
    {
        var file = TryOpen(path);
        if (file is null)
        {
            return null;
        }

        var holderPath = path + HolderExtension;
        try
        {
            var holder = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
            DurableFile.Write(holderPath, Encoding.ASCII.GetBytes(holder));
            return new FileLock(file, holderPath);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            throw new MeshException($"{holderPath} cannot be written: {cause.Message}", cause);
        }
    }

    /// <summary>Who has the lock, when <see cref="TryAcquire"/> did not get it.</summary>
    /// <param name="path">The lock file.</param>
    /// <returns>The holder's process id, or null when it cannot be told.</returns>
    public static int? HolderOf(string path)
    {
        var content = DurableFile.TryRead(path + HolderExtension, MaxHolderBytes);
        return int.TryParse(content, NumberStyles.None, CultureInfo.InvariantCulture, out var holder) ? holder : null;
    }

    /// <summary>Lets go of the lock.</summary>
    public void Dispose()
    {
        // The name goes first: once the lock is free, the next holder writes its own.
        if (_file.CanWrite)
        {
            File.Delete(_holderPath);
        }

        _file.Dispose();
    }

    private static FileStream? TryOpen(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };

        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new FileStream(path, options);
        }
        catch (IOException cause) when (IsSharingViolation(cause))
        {
            return null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new MeshException($"{path} cannot be opened: {cause.Message}", cause);
        }
    }

    // ERROR_SHARING_VIOLATION on Windows; EWOULDBLOCK of flock, which .NET passes on as it is, on Linux and macOS.
    private static bool IsSharingViolation(IOException cause) =>
        cause.HResult is unchecked((int)0x80070020) or 11 or 35;
}
