using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace Mesh.Core.Transport.LibZmq;

/// <summary>The calls of Linux that look at the connections under libzmq's sockets.</summary>
/// <remarks>The descriptors are libzmq's: they may be closed, and given out again, at any time.</remarks>
internal static unsafe partial class SocketCalls
{
    /// <summary>EPOLLIN.</summary>
    public const uint Readable = 1;

    /// <summary>EPOLLET: told once for each arrival, also when somebody else has read it by then.</summary>
    public const uint EachArrival = 1u << 31;

    private const string Library = "libc";
    private const int SocketLevel = 1;
    private const int TcpLevel = 6;
    private const int Linger = 13;
    private const int SocketCookie = 57;
    private const int TcpInformation = 11;
    private const int BytesReceivedOffset = 128;
    private const int CloseOnExec = 0x80000;
    private const int AddEntry = 1;
    private const int BothDirections = 2;
    private const int InternetFamily = 2;
    private const int InternetFamily6 = 10;

    // struct epoll_event is packed on x86 only.
    private static readonly int EntryDataOffset =
        RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;

    private static readonly int EntryBytes = EntryDataOffset + sizeof(ulong);

    /// <summary>Opens a set of descriptors to be told of.</summary>
    /// <returns>Its own descriptor; below 0 when there is none left.</returns>
    public static int NewSet() => CreateSet(CloseOnExec);

    /// <summary>Adds a descriptor to a set. It leaves the set when it is closed.</summary>
    /// <returns>False when the descriptor is closed already.</returns>
    public static bool TryAdd(int set, int descriptor, uint events, ulong data)
    {
        var entry = stackalloc byte[EntryBytes];
        *(uint*)entry = events;
        *(ulong*)(entry + EntryDataOffset) = data;
        return ControlSet(set, AddEntry, descriptor, entry) == 0;
    }

    /// <summary>Takes what there is to tell, without waiting.</summary>
    /// <param name="set">From <see cref="NewSet"/>.</param>
    /// <param name="data">Overwritten: the data of each descriptor that is to be told of.</param>
    /// <returns>How many; as many as there is room for when there may be more.</returns>
    public static int Take(int set, Span<ulong> data)
    {
        var entries = stackalloc byte[EntryBytes * data.Length];
        var count = WaitSet(set, entries, data.Length, 0);
        for (var index = 0; index < count; index++)
        {
            data[index] = *(ulong*)(entries + (index * EntryBytes) + EntryDataOffset);
        }

        return Math.Max(count, 0);
    }

    /// <summary>A number that no other connection of the system has, before or after.</summary>
    /// <returns>0 when the descriptor is not a socket.</returns>
    public static ulong CookieOf(int descriptor)
    {
        ulong cookie = 0;
        uint bytes = sizeof(ulong);
        return GetOption(descriptor, SocketLevel, SocketCookie, &cookie, &bytes) == 0 ? cookie : 0;
    }

    /// <summary>How many bytes a connection has received.</summary>
    /// <returns>-1 when the system does not say.</returns>
    public static long BytesReceivedOf(int descriptor)
    {
        var information = stackalloc byte[256];
        uint bytes = 256;
        return GetOption(descriptor, TcpLevel, TcpInformation, information, &bytes) == 0
            && bytes >= BytesReceivedOffset + sizeof(ulong)
            ? *(long*)(information + BytesReceivedOffset)
            : -1;
    }

    /// <summary>The address of a connection's other end.</summary>
    /// <returns>Null when the connection is over.</returns>
    public static IPAddress? PeerOf(int descriptor)
    {
        var address = stackalloc byte[128];
        uint bytes = 128;
        if (GetPeerName(descriptor, address, &bytes) != 0)
        {
            return null;
        }

        switch (BinaryPrimitives.ReadUInt16LittleEndian(new ReadOnlySpan<byte>(address, 2)))
        {
            case InternetFamily:
                return new IPAddress(new ReadOnlySpan<byte>(address + 4, 4));
            case InternetFamily6:
                var found = new IPAddress(new ReadOnlySpan<byte>(address + 8, 16));
                return found.IsIPv4MappedToIPv6 ? found.MapToIPv4() : found;
            default:
                return null;
        }
    }

    /// <summary>Ends a connection in both directions; whoever owns the descriptor then closes it.</summary>
    public static void Cut(int descriptor)
    {
        // What the other side still has on its way is refused instead of waited for, and nothing lingers here.
        var atOnce = stackalloc int[] { 1, 0 };
        _ = SetOption(descriptor, SocketLevel, Linger, atOnce, 2 * sizeof(int));
        _ = Shutdown(descriptor, BothDirections);
    }

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int CreateSet(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int ControlSet(int set, int operation, int descriptor, void* entry);

    [LibraryImport(Library, EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int WaitSet(int set, void* entries, int count, int timeoutMilliseconds);

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(int descriptor, int level, int option, void* value, uint* valueBytes);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(int descriptor, int level, int option, void* value, uint valueBytes);

    [LibraryImport(Library, EntryPoint = "getpeername", SetLastError = true)]
    private static partial int GetPeerName(int descriptor, void* address, uint* addressBytes);

    [LibraryImport(Library, EntryPoint = "shutdown", SetLastError = true)]
    private static partial int Shutdown(int descriptor, int directions);
}
