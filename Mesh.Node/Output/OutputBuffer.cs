using System.Buffers;
using System.Text;

namespace Mesh.Node.Output;

/// <summary>Gathers bytes for one stream and knows when its reader has gone. Not thread-safe.</summary>
internal sealed class OutputBuffer(Stream stream)
{
    private const int FlushThresholdBytes = 32 * 1024;

    // What the system says when the other end of a pipe is closed: EPIPE, and ERROR_BROKEN_PIPE and ERROR_NO_DATA.
    private const int UnixBrokenPipe = 32;
    private const int WindowsBrokenPipe = unchecked((int)0x8007006d);
    private const int WindowsNoData = unchecked((int)0x800700e8);

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Where bytes may be added before the next call of <see cref="EndLine"/>.</summary>
    public IBufferWriter<byte> Writer => _buffer;

    /// <summary>Adds text as UTF-8.</summary>
    public void Write(string text) => Encoding.UTF8.GetBytes(text, _buffer);

    /// <summary>Ends the line with a line feed; flushes when much has been gathered.</summary>
    /// <exception cref="OutputClosedException">The reader has gone.</exception>
    public void EndLine()
    {
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushThresholdBytes)
        {
            Flush();
        }
    }

    /// <summary>Hands everything gathered to the stream.</summary>
    /// <exception cref="OutputClosedException">The reader has gone.</exception>
    /// <exception cref="IOException">The stream cannot take it, for example because a disk is full.</exception>
    public void Flush()
    {
        if (_buffer.WrittenCount == 0)
        {
            return;
        }

        try
        {
            stream.Write(_buffer.WrittenSpan);
            stream.Flush();
        }
        catch (IOException fault) when (fault.HResult is UnixBrokenPipe or WindowsBrokenPipe or WindowsNoData)
        {
            throw new OutputClosedException(fault);
        }
        finally
        {
            _buffer.ResetWrittenCount();
        }
    }
}
