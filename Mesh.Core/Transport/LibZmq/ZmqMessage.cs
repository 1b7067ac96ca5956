using System.Runtime.InteropServices;

namespace Mesh.Core.Transport.LibZmq;

/// <summary>One zmq_msg_t, used again for every part that a transport receives.</summary>
internal sealed unsafe class ZmqMessage : IDisposable
{
    private void* _message;

    public ZmqMessage()
    {
        _message = NativeMemory.AlignedAlloc(ZmqLibrary.MessageBytes, ZmqLibrary.MessageBytes);
        _ = ZmqLibrary.InitializeMessage(_message);
    }

    /// <summary>The part received last; valid until the next receive.</summary>
    public ReadOnlySpan<byte> Data => new(ZmqLibrary.MessageData(_message), (int)ZmqLibrary.MessageSize(_message));

    /// <summary>Whether the part received last has another one of the same message behind it.</summary>
    public bool HasMore => ZmqLibrary.MessageMore(_message) != 0;

    /// <summary>The text of the IP address that the part received last came from; empty when not known.</summary>
    public ReadOnlySpan<byte> PeerAddress
    {
        get
        {
            fixed (byte* name = "Peer-Address\0"u8)
            {
                return MemoryMarshal.CreateReadOnlySpanFromNullTerminated(
                    ZmqLibrary.MessageProperty(_message, name));
            }
        }
    }

    /// <summary>The descriptor of the connection that the last part came from; below 0 when not known.</summary>
    public int SourceDescriptor => ZmqLibrary.MessageNumber(_message, ZmqLibrary.SourceDescriptor);

    /// <summary>Receives one part, without waiting.</summary>
    /// <param name="socket">The socket's handle.</param>
    /// <returns><see langword="false"/> when nothing is there.</returns>
    public bool TryReceive(nint socket)
    {
        while (ZmqLibrary.ReceiveMessage(_message, socket, ZmqLibrary.DontWait) < 0)
        {
            if (Marshal.GetLastPInvokeError() != ZmqError.Interrupted)
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose()
    {
        if (_message is not null)
        {
            _ = ZmqLibrary.CloseMessage(_message);
            NativeMemory.AlignedFree(_message);
            _message = null;
        }
    }
}
