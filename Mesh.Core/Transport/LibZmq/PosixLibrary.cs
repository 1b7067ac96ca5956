using System.Runtime.InteropServices;

namespace Mesh.Core.Transport.LibZmq;

/// <summary>The calls of the C library that waiting and waking need.</summary>
internal static unsafe partial class PosixLibrary
{
    /// <summary>EFD_CLOEXEC | EFD_NONBLOCK, on Linux.</summary>
    public const int EventDescriptorFlags = 0x80000 | 0x800;

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMilliseconds);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int NewEventDescriptor(uint value, int flags);

    [LibraryImport(Library, EntryPoint = "pipe", SetLastError = true)]
    public static partial int NewPipe(int* descriptors);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, void* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, void* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);
}
