using System.Net;

namespace Mesh.Core.Transport;

/// <summary>What every provider asks of its caller, in the same words.</summary>
internal static class SocketChecks
{
    /// <summary>Publishers and routers bind.</summary>
    public static void ThrowIfCannotBind(SocketKind kind, IPEndPoint local)
    {
        ArgumentNullException.ThrowIfNull(local);
        if (kind is not (SocketKind.Router or SocketKind.Publisher))
        {
            throw new ArgumentException($"A {kind} connects; it does not bind.", nameof(kind));
        }
    }

    /// <summary>Dealers and subscribers connect, and to a port.</summary>
    public static void ThrowIfCannotConnect(SocketKind kind, IPEndPoint remote)
    {
        ArgumentNullException.ThrowIfNull(remote);
        ArgumentOutOfRangeException.ThrowIfZero(remote.Port, nameof(remote));
        if (kind is not (SocketKind.Dealer or SocketKind.Subscriber))
        {
            throw new ArgumentException($"A {kind} binds; it does not connect.", nameof(kind));
        }
    }

    /// <summary>Subscribers only listen, and a dealer has one place to send to.</summary>
    public static void ThrowIfCannotSend(SocketKind kind, ReadOnlySpan<byte> address)
    {
        if (kind == SocketKind.Subscriber)
        {
            throw new InvalidOperationException("A subscriber does not send.");
        }

        if (kind == SocketKind.Dealer && !address.IsEmpty)
        {
            throw new ArgumentException("A dealer has one peer and takes no address.", nameof(address));
        }
    }

    /// <summary>Only subscribers have topics.</summary>
    public static void ThrowIfNotSubscriber(SocketKind kind)
    {
        if (kind != SocketKind.Subscriber)
        {
            throw new InvalidOperationException($"A {kind} has no subscriptions of its own.");
        }
    }

    /// <summary>Rounds a wait up to whole milliseconds; -1 for ever.</summary>
    public static int ToPollMilliseconds(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return -1;
        }

        ArgumentOutOfRangeException.ThrowIfNegative(timeout.Ticks, nameof(timeout));

        // Rounding down would turn the last part of a millisecond into a busy loop.
        return (int)Math.Min(int.MaxValue, Math.Ceiling(timeout.TotalMilliseconds));
    }
}
