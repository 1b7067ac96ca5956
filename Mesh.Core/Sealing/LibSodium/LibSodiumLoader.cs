using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Mesh.Core.Sealing.LibSodium;

/// <summary>Finds libsodium under the names that systems give it.</summary>
internal static class LibSodiumLoader
{
    // Debian's package of the library alone has no "libsodium.so"; that link belongs to the development package.
    private static readonly string[] LinuxNames = ["libsodium.so.23", "libsodium.so.26", "libsodium.so"];

    private static readonly string[] MacNames =
    [
        "libsodium.dylib",
        "/opt/homebrew/lib/libsodium.dylib",
        "/usr/local/lib/libsodium.dylib",
        "libsodium.23.dylib",
        "libsodium.26.dylib",
    ];

    private static readonly string[] WindowsNames = ["libsodium.dll"];

    /// <summary>
    /// Registers for the loader's question. An event and not the assembly's one resolver, which other libraries of this
    /// assembly may need as well.
    /// </summary>
    public static void Register()
    {
        var context = AssemblyLoadContext.GetLoadContext(typeof(LibSodiumLoader).Assembly);
        (context ?? AssemblyLoadContext.Default).ResolvingUnmanagedDll += Resolve;
    }

    private static nint Resolve(Assembly assembly, string name)
    {
        if (name != LibSodiumNative.Library)
        {
            return 0;
        }

        foreach (var candidate in CandidateNames())
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }

    private static string[] CandidateNames() =>
        OperatingSystem.IsWindows() ? WindowsNames : OperatingSystem.IsMacOS() ? MacNames : LinuxNames;
}
