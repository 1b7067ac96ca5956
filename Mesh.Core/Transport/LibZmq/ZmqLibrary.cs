using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Mesh.Core.Transport.LibZmq;

/// <summary>The functions of libzmq that the mesh calls, as its manual names them.</summary>
internal static unsafe partial class ZmqLibrary
{
    /// <summary>Size of a zmq_msg_t, in bytes.</summary>
    public const int MessageBytes = 64;

    /// <summary>ZMQ_DONTWAIT.</summary>
    public const int DontWait = 1;

    /// <summary>ZMQ_SNDMORE.</summary>
    public const int SendMore = 2;

    /// <summary>ZMQ_POLLIN, a bit of ZMQ_EVENTS.</summary>
    public const int PollIn = 1;

    /// <summary>ZMQ_MAX_SOCKETS, an option of the context.</summary>
    public const int ContextMaxSockets = 2;

    /// <summary>ZMQ_PAIR.</summary>
    public const int Pair = 0;

    /// <summary>ZMQ_SRCFD, a property of a message.</summary>
    public const int SourceDescriptor = 2;

    /// <summary>ZMQ_DEALER.</summary>
    public const int Dealer = 5;

    /// <summary>ZMQ_ROUTER.</summary>
    public const int Router = 6;

    /// <summary>ZMQ_SUB.</summary>
    public const int Subscriber = 2;

    /// <summary>ZMQ_XPUB.</summary>
    public const int ExtendedPublisher = 9;

    private const string Library = "libzmq";

    // Distributions install the plain name only with the files for C programmers, so the names that a running program
    // may count on are tried after it.
    private static readonly string[] OtherNames =
    [
        "libzmq.so.5",
        "libzmq.5.dylib",
        "/opt/homebrew/lib/libzmq.5.dylib",
        "/usr/local/lib/libzmq.5.dylib",
    ];

    static ZmqLibrary()
    {
        // An event and not NativeLibrary.SetDllImportResolver: an assembly may have one resolver only.
        var context = AssemblyLoadContext.GetLoadContext(typeof(ZmqLibrary).Assembly) ?? AssemblyLoadContext.Default;
        context.ResolvingUnmanagedDll += Resolve;
    }

    [LibraryImport(Library, EntryPoint = "zmq_version")]
    public static partial void Version(out int major, out int minor, out int patch);

    [LibraryImport(Library, EntryPoint = "zmq_ctx_new", SetLastError = true)]
    public static partial nint NewContext();

    [LibraryImport(Library, EntryPoint = "zmq_ctx_set", SetLastError = true)]
    public static partial int SetContext(nint context, int option, int value);

    [LibraryImport(Library, EntryPoint = "zmq_ctx_term", SetLastError = true)]
    public static partial int TerminateContext(nint context);

    [LibraryImport(Library, EntryPoint = "zmq_socket", SetLastError = true)]
    public static partial nint NewSocket(nint context, int type);

    [LibraryImport(Library, EntryPoint = "zmq_close", SetLastError = true)]
    public static partial int Close(nint socket);

    [LibraryImport(Library, EntryPoint = "zmq_bind", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Bind(nint socket, string endpoint);

    [LibraryImport(
        Library, EntryPoint = "zmq_connect", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Connect(nint socket, string endpoint);

    [LibraryImport(
        Library, EntryPoint = "zmq_socket_monitor", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Monitor(nint socket, string? endpoint, int events);

    [LibraryImport(Library, EntryPoint = "zmq_setsockopt", SetLastError = true)]
    public static partial int SetOption(nint socket, ZmqOption option, void* value, nuint valueBytes);

    [LibraryImport(Library, EntryPoint = "zmq_getsockopt", SetLastError = true)]
    public static partial int GetOption(nint socket, ZmqOption option, void* value, ref nuint valueBytes);

    [LibraryImport(Library, EntryPoint = "zmq_send", SetLastError = true)]
    public static partial int Send(nint socket, byte* bytes, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "zmq_msg_init")]
    public static partial int InitializeMessage(void* message);

    [LibraryImport(Library, EntryPoint = "zmq_msg_close")]
    public static partial int CloseMessage(void* message);

    [LibraryImport(Library, EntryPoint = "zmq_msg_recv", SetLastError = true)]
    public static partial int ReceiveMessage(void* message, nint socket, int flags);

    // These three read a field each; leaving out the switch to preemptive mode saves most of their time.
    [LibraryImport(Library, EntryPoint = "zmq_msg_data"), SuppressGCTransition]
    public static partial byte* MessageData(void* message);

    [LibraryImport(Library, EntryPoint = "zmq_msg_size"), SuppressGCTransition]
    public static partial nuint MessageSize(void* message);

    [LibraryImport(Library, EntryPoint = "zmq_msg_more"), SuppressGCTransition]
    public static partial int MessageMore(void* message);

    [LibraryImport(Library, EntryPoint = "zmq_msg_gets")]
    public static partial byte* MessageProperty(void* message, byte* name);

    [LibraryImport(Library, EntryPoint = "zmq_msg_get")]
    public static partial int MessageNumber(void* message, int property);

    [LibraryImport(Library, EntryPoint = "zmq_strerror")]
    private static partial byte* ErrorText(int error);

    /// <summary>What an error number means, in libzmq's words.</summary>
    /// <param name="error">From <see cref="Marshal.GetLastPInvokeError"/>.</param>
    /// <returns>A short text.</returns>
    public static string Describe(int error) => Marshal.PtrToStringUTF8((nint)ErrorText(error)) ?? $"error {error}";

    private static nint Resolve(Assembly assembly, string name)
    {
        if (name != Library)
        {
            return 0;
        }

        foreach (var other in OtherNames)
        {
            if (NativeLibrary.TryLoad(other, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
