using System.Runtime.InteropServices;

namespace Mesh.Core.Transport.LibZmq;

/// <summary>
/// A file descriptor that any thread can make readable: an eventfd on Linux, a pipe elsewhere. Signals before a clear
/// count as one and cost one system call together.
/// </summary>
internal sealed unsafe class WakeDescriptor : IDisposable
{
    private readonly Lock _gate = new();
    private readonly int _readEnd;
    private readonly int _writeEnd;
    private int _signalled;
    private bool _disposed;

    /// <summary>Opens the descriptor.</summary>
    /// <exception cref="TransportException">The process is out of descriptors.</exception>
    public WakeDescriptor()
    {
        if (OperatingSystem.IsLinux())
        {
            _readEnd = _writeEnd = PosixLibrary.NewEventDescriptor(0, PosixLibrary.EventDescriptorFlags);
        }
        else
        {
            var ends = stackalloc int[2];
            ends[0] = PosixLibrary.NewPipe(ends) == 0 ? ends[0] : -1;
            (_readEnd, _writeEnd) = (ends[0], ends[1]);
        }

        if (_readEnd < 0)
        {
            var cause = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
            throw new TransportException($"No descriptor to wake the loop with: {cause}.");
        }
    }

    /// <summary>What to poll.</summary>
    public int Descriptor => _readEnd;

    /// <summary>Makes the descriptor readable. From any thread; nothing happens after disposal.</summary>
    public void Signal()
    {
        if (Interlocked.Exchange(ref _signalled, 1) != 0)
        {
            return;
        }

        // The lock keeps a late signal off a descriptor number that the system may have given to somebody else.
        lock (_gate)
        {
            if (!_disposed)
            {
                var one = 1UL;
                _ = PosixLibrary.Write(_writeEnd, &one, OperatingSystem.IsLinux() ? (nuint)sizeof(ulong) : 1);
            }
        }
    }

    /// <summary>Makes the descriptor unreadable again; called when it was found readable.</summary>
    public void Clear()
    {
        ulong ignored;
        _ = PosixLibrary.Read(_readEnd, &ignored, sizeof(ulong));

        // Last, with a full fence: a thread whose signal was swallowed because the flag was still set wrote what it
        // signals before this, so the loop sees it when it looks after this.
        _ = Interlocked.Exchange(ref _signalled, 0);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _ = PosixLibrary.Close(_readEnd);
            if (_writeEnd != _readEnd)
            {
                _ = PosixLibrary.Close(_writeEnd);
            }
        }
    }
}
