using System.Diagnostics;
using Mesh.Core.Transport;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport;

/// <summary>Waiting for sockets the way a loop does: poll, look, poll again.</summary>
internal static class TransportWaits
{
    /// <summary>How long something that must happen may take.</summary>
    public static readonly TimeSpan MustHappen = TimeSpan.FromSeconds(10);

    /// <summary>How long something that must not happen is watched for.</summary>
    public static readonly TimeSpan MustNotHappen = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(5);

    /// <summary>Polls until a condition holds; fails the test after <see cref="MustHappen"/>.</summary>
    public static void PollUntil(this ITransport transport, Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > MustHappen)
            {
                Assert.Fail($"It never happened: {what}");
            }

            _ = transport.Poll(Turn);
        }
    }

    /// <summary>Receives the next message; fails the test when none comes.</summary>
    public static ReceivedMessage Receive(this ITransport transport, ITransportSocket socket)
    {
        var message = new ReceivedMessage();
        transport.Receive(socket, message);
        return message;
    }

    /// <summary>Receives the next message into one that is there; fails the test when none comes.</summary>
    public static void Receive(this ITransport transport, ITransportSocket socket, ReceivedMessage into)
    {
        transport.PollUntil(() => socket.TryReceive(into) == ReceiveOutcome.Received, $"{socket.Kind} receives");
    }

    /// <summary>Sends one message, waiting for room and for the peer; fails the test when it cannot be sent.</summary>
    public static void Send(this ITransport transport, ITransportSocket socket, byte[] address, byte[] payload)
    {
        transport.PollUntil(() => socket.TrySend(address, payload) == SendOutcome.Sent, $"{socket.Kind} sends");
    }

    /// <summary>Fails the test when a message comes within <see cref="MustNotHappen"/>.</summary>
    public static void ExpectSilence(this ITransport transport, ITransportSocket socket)
    {
        var message = new ReceivedMessage();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < MustNotHappen)
        {
            Assert.That(socket.TryReceive(message), Is.Not.EqualTo(ReceiveOutcome.Received));
            _ = transport.Poll(Turn);
        }
    }
}
