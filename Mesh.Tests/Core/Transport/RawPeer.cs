using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mesh.Tests.Core.Transport;

/// <summary>
/// The other end of a ZMTP 3.0 connection, byte by byte, for peers that keep no rules (ZeroMQ RFC 23, mechanism NULL).
/// </summary>
internal sealed class RawPeer : IDisposable
{
    /// <summary>What each side sends first: signature, version 3.0, mechanism NULL, not a server.</summary>
    public static readonly byte[] Greeting =
        [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. "NULL"u8, .. new byte[16], .. new byte[32]];

    private const byte More = 1;

    private readonly Socket _socket;

    private RawPeer(Socket socket)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _socket.SendTimeout = (int)TransportWaits.MustHappen.TotalMilliseconds;
        _socket.ReceiveTimeout = (int)TransportWaits.MustHappen.TotalMilliseconds;
    }

    /// <summary>Connects to a port of the loopback interface; sends nothing.</summary>
    public static RawPeer Dial(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        return new RawPeer(socket);
    }

    /// <summary>Accepts one connection; sends nothing.</summary>
    public static RawPeer Accept(Socket listener) => new(listener.Accept());

    /// <summary>Listens on a free port of the loopback interface.</summary>
    public static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }

    /// <summary>The READY command as libzmq says it: the type, and an identity that is empty.</summary>
    public static byte[] Ready(string socketType) =>
        Ready([0, 0, 0, (byte)socketType.Length, .. Ascii(socketType), 8, .. "Identity"u8, 0, 0, 0, 0]);

    /// <summary>The READY command without the identity, which the specification lets a peer leave out.</summary>
    public static byte[] ReadyWithoutIdentity(string socketType) =>
        Ready([0, 0, 0, (byte)socketType.Length, .. Ascii(socketType)]);

    /// <summary>The READY command with one property, whose length and value are given as bytes.</summary>
    public static byte[] Ready(byte[] lengthAndValue)
    {
        byte[] body = [5, .. "READY"u8, 11, .. "Socket-Type"u8, .. lengthAndValue];
        return [4, (byte)body.Length, .. body];
    }

    /// <summary>A frame header that promises more than comes.</summary>
    public static byte[] PromiseFrame(long bytes)
    {
        var header = new byte[9];
        header[0] = 2;
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(1), bytes);
        return header;
    }

    /// <summary>Greets, says what it is, and reads what the other side says to that.</summary>
    public RawPeer Greet(string socketType)
    {
        Send(Greeting);
        Send(Ready(socketType));
        Read(64);
        var header = Read(2);
        Read(header[1]);
        return this;
    }

    /// <summary>Sends one message of equal parts, at most 255 bytes each.</summary>
    public void SendParts(int count, byte[] part)
    {
        var bytes = new List<byte>();
        for (var number = 1; number <= count; number++)
        {
            bytes.Add(number < count ? More : (byte)0);
            bytes.Add((byte)part.Length);
            bytes.AddRange(part);
        }

        Send([.. bytes]);
    }

    /// <summary>Sends bytes; that the other side has closed already is its right.</summary>
    public void Send(byte[] bytes) => _ = TrySend(bytes);

    /// <summary>Sends bytes.</summary>
    /// <returns>False when the other side has closed.</returns>
    public bool TrySend(byte[] bytes)
    {
        try
        {
            for (var sent = 0; sent < bytes.Length;)
            {
                sent += _socket.Send(bytes.AsSpan(sent));
            }

            return true;
        }
        catch (SocketException)
        {
            // A reset or a broken pipe.
            return false;
        }
    }

    /// <summary>Reads until the other side closes; fails by a time-out when it does not.</summary>
    public void ReadToEnd()
    {
        var buffer = new byte[256];
        try
        {
            while (_socket.Receive(buffer) > 0)
            {
            }
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            // A reset is an end too.
        }
    }

    /// <summary>Reads exactly so many bytes.</summary>
    public byte[] Read(int count)
    {
        var buffer = new byte[count];
        for (var read = 0; read < count;)
        {
            var received = _socket.Receive(buffer.AsSpan(read));
            read += received > 0 ? received : throw new EndOfStreamException();
        }

        return buffer;
    }

    public void Dispose() => _socket.Dispose();

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
