using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mesh.Node.Hosting;

/// <summary>Opens standard output so that a reader who went away is noticed.</summary>
/// <remarks>
/// The console's own stream swallows "broken pipe", so <c>meshnode … | head -3</c> would go on for ever. A
/// <see cref="FileStream"/> on the handle reports it, but keeps a position of its own in a file that can seek, and
/// would write over what other programs append there. So files keep the console's stream, which writes where the handle
/// stands.
/// </remarks>
internal static class StandardOutput
{
    private const int WindowsStandardOutput = -11;

    /// <summary>Opens the stream; never fails, a missing handle swallows what is written.</summary>
    /// <returns>An unbuffered stream that the process owns.</returns>
    public static Stream Open()
    {
        if (!OperatingSystem.IsWindows() || Console.IsOutputRedirected)
        {
            try
            {
                var pipe = new FileStream(Handle(), FileAccess.Write, bufferSize: 0);
                if (!pipe.CanSeek)
                {
                    return pipe;
                }
            }
            catch (Exception fault) when (fault is IOException or ArgumentException or UnauthorizedAccessException)
            {
                // A closed or unusual handle: the console's stream copes with it.
            }
        }

        return Console.OpenStandardOutput();
    }

    private static SafeFileHandle Handle()
    {
        var handle = OperatingSystem.IsWindows() ? GetStdHandle(WindowsStandardOutput) : 1;
        return new SafeFileHandle(handle, ownsHandle: false);
    }

    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GetStdHandle(int kind);
}
