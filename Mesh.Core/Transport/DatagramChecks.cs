namespace Mesh.Core.Transport;

/// <summary>What every provider of datagrams asks of its caller, in the same words.</summary>
internal static class DatagramChecks
{
    /// <summary>Nobody would take a longer one.</summary>
    public static void ThrowIfTooLong(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length > DatagramLimits.MaxDatagramBytes)
        {
            throw new ArgumentException(
                $"A datagram has at most {DatagramLimits.MaxDatagramBytes} bytes, not {datagram.Length}.",
                nameof(datagram));
        }
    }

    /// <summary>Ports run from 1 to 65535.</summary>
    public static void ThrowIfNoPort(int port)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
    }
}
