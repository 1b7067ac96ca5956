using System.Security.Cryptography;
using System.Text;
using Mesh.Core.Sealing;

namespace Mesh.Core.Identity;

/// <summary>The file that a mesh key is kept in: 64 hexadecimal digits or 52 base-32 characters on one line.</summary>
internal static class MeshKeyFile
{
    private const int MaxFileBytes = 256;

    /// <summary>Reads a key file.</summary>
    /// <param name="primitives">The provider of the primitives.</param>
    /// <param name="path">The file.</param>
    /// <returns>The key; the caller disposes it.</returns>
    /// <exception cref="MeshException">There is no such file, it cannot be read, or it holds no key.</exception>
    public static MeshKey Load(IPrimitives primitives, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var content = DurableFile.TryRead(path, MaxFileBytes) ?? throw new MeshException($"{path} does not exist.");
        Span<char> text = stackalloc char[MaxFileBytes];
        Span<byte> key = stackalloc byte[MeshKey.SizeBytes];

        try
        {
            return Encoding.UTF8.TryGetChars(content, text, out var count) && MeshKey.TryParse(text[..count], key)
                ? MeshKey.Import(primitives, key)
                : throw new MeshException($"{path} holds no mesh key: 64 hexadecimal digits are expected.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
            CryptographicOperations.ZeroMemory(key);
            text.Clear();
        }
    }

    /// <summary>Writes a key file, readable by its owner alone.</summary>
    /// <param name="path">The file; replaced when it is there.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="MeshException">The file cannot be written.</exception>
    public static void Save(string path, MeshKey key)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(key);
        Span<byte> bytes = stackalloc byte[MeshKey.SizeBytes];
        Span<byte> line = stackalloc byte[(2 * MeshKey.SizeBytes) + 1];

        try
        {
            key.CopyTo(bytes);
            _ = Convert.TryToHexStringLower(bytes, line, out _);
            line[^1] = (byte)'\n';
            DurableFile.Write(Path.GetFullPath(path), line);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new MeshException($"{path} cannot be written: {cause.Message}", cause);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            CryptographicOperations.ZeroMemory(line);
        }
    }
}
