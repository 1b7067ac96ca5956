using System.Security.Cryptography;
using System.Text;

namespace Mesh.Core.Identity;

/// <summary>Where the owner of a state folder listens for commands of the same user.</summary>
/// <remarks>
/// Not in the state folder itself: the path of a Unix domain socket ends at 108 bytes, and a state folder may lie
/// deeper. So the socket lies under the user's runtime folder and is named by a hash of the state folder.
/// </remarks>
internal static class LocalSocketPath
{
    /// <summary>Longest path, in bytes of UTF-8: what macOS has room for, four less than Linux.</summary>
    public const int MaxBytes = 103;

    private const int HashBytes = 10;

    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Chooses the path. Touches no file.</summary>
    /// <param name="stateFolder">Full path of the state folder.</param>
    /// <param name="runtimeFolder">The value of XDG_RUNTIME_DIR; null or empty when there is none.</param>
    /// <param name="temporaryFolder">The folder for temporary files.</param>
    /// <param name="userName">The user's name.</param>
    /// <returns>A path of at most <see cref="MaxBytes"/>, the same for all processes of the user.</returns>
    /// <exception cref="MeshException">Both folders lie too deep.</exception>
    public static string Choose(
        string stateFolder,
        string? runtimeFolder,
        string temporaryFolder,
        string userName)
    {
        ArgumentException.ThrowIfNullOrEmpty(stateFolder);
        ArgumentException.ThrowIfNullOrEmpty(temporaryFolder);
        ArgumentException.ThrowIfNullOrEmpty(userName);

        var fileName = $"{NameOf(stateFolder)}.sock";
        var besideUser = Path.Combine(temporaryFolder, $"mesh-{NameOf(userName)}", fileName);
        if (string.IsNullOrEmpty(runtimeFolder))
        {
            return Fits(besideUser) ? besideUser : throw TooDeep(besideUser);
        }

        var preferred = Path.Combine(runtimeFolder, "mesh", fileName);
        return Fits(preferred) ? preferred : Fits(besideUser) ? besideUser : throw TooDeep(preferred);
    }

    /// <summary>Makes the folder of the socket, for its owner alone, and refuses one that others could reach.</summary>
    /// <param name="socketPath">What <see cref="Choose"/> gave.</param>
    /// <exception cref="MeshException">The folder cannot be made, is a link, or is open to others.</exception>
    public static void PrepareFolder(string socketPath)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(socketPath))!;

        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
                return;
            }

            // Where temporary files lie, anyone may have made the folder before.
            var made = Directory.CreateDirectory(folder, OwnerOnly);
            if (made.LinkTarget is not null || File.GetUnixFileMode(folder) != OwnerOnly)
            {
                throw new MeshException($"{folder} is not safe for a socket: it must be a folder with mode 0700.");
            }

            // Only its owner may set the mode, so this fails on the folder of another user.
            File.SetUnixFileMode(folder, OwnerOnly);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new MeshException($"{folder} cannot be used for a socket: {cause.Message}", cause);
        }
    }

    private static string NameOf(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        Span<char> name = stackalloc char[CrockfordBase32.CharacterCount(HashBytes)];
        var count = CrockfordBase32.Encode(hash[..HashBytes], name);
        return new string(name[..count]).ToLowerInvariant();
    }

    private static bool Fits(string path) => Encoding.UTF8.GetByteCount(path) <= MaxBytes;

    private static MeshException TooDeep(string path) =>
        new($"{path} is too long for a socket: set XDG_RUNTIME_DIR to a folder with a shorter path.");
}
