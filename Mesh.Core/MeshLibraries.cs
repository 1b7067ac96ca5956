using System.Reflection;
using Mesh.Core.Transport;

namespace Mesh.Core;

/// <summary>The libraries that this build of the mesh stands on; the project file chooses them.</summary>
public static class MeshLibraries
{
    private const string MetadataKey = "MeshStack";

    /// <summary>
    /// The name of the stack: <c>system</c> (libzmq and libsodium of the machine) or <c>nuget</c> (NetMQ,
    /// NSec.Cryptography, MessagePack).
    /// </summary>
    public static string StackName { get; } = typeof(MeshLibraries).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == MetadataKey).Value!;

    /// <summary>The codec of MessagePack, and its version where it is a package.</summary>
    public static string MessagePack => MessageCodec.Description;

    /// <summary>Makes sockets like those of a node, for measurements and tests beside it.</summary>
    /// <returns>The transport; the caller disposes it, on the thread that used it.</returns>
    /// <exception cref="TransportException">The library is missing, or the process is out of descriptors.</exception>
    public static ITransport CreateTransport() => new StackTransport();
}
