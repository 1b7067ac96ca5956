using System.Runtime.InteropServices;

namespace Mesh.Core.Transport.LibZmq;

/// <summary>struct pollfd of poll(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor(int descriptor)
{
    /// <summary>POLLIN.</summary>
    public const short Readable = 1;

    /// <summary>In place of a descriptor: watches nothing.</summary>
    public const int None = -1;

    /// <summary>The file descriptor to watch.</summary>
    public readonly int Descriptor = descriptor;

    /// <summary>What is asked for.</summary>
    public readonly short Events = Readable;

    /// <summary>What was found; 0 for nothing.</summary>
    public short Returned;
}
