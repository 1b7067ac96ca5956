using Mesh.Core.Logs;
using Mesh.Core.Sealing;
using Mesh.Core.Transport;
using Mesh.Core.Transport.Udp;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Core;

/// <summary>The machine under a node: clock, randomness, logger, network, primitives. May be shared by nodes.</summary>
public sealed record MeshPlatform
{
    /// <summary>Takes the machine as it is, with the given clock.</summary>
    /// <param name="timeProvider">The clock, normally <c>TimeProvider.System</c>.</param>
    public MeshPlatform(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        TimeProvider = timeProvider;
    }

    /// <summary>Every duration and every stamp comes from it.</summary>
    public TimeProvider TimeProvider { get; init; }

    /// <summary>Where log entries go. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Makes the source of jitter of one node; never used for keys.</summary>
    internal Func<IPrimitives, Random> MakeRandom { get; init; } = SeedRandom;

    /// <summary>Makes the message sockets of one node.</summary>
    internal Func<ITransport> MakeTransport { get; init; } = MeshLibraries.CreateTransport;

    /// <summary>The machine's datagrams.</summary>
    internal IDatagramNetwork Datagrams { get; init; } = new UdpNetwork();

    /// <summary>How long the keys of a node's lanes are used.</summary>
    internal EpochLimits Epochs { get; init; } = new();

    /// <summary>Keys, nonces, signatures.</summary>
    internal Func<IPrimitives> MakePrimitives { get; init; } = PrimitivesProvider.Load;

    /// <summary>Names the libraries that nodes on this machine run on, as they are installed.</summary>
    /// <returns>The ZeroMQ provider and the provider of the primitives, each with its version.</returns>
    /// <exception cref="MeshException">One of them is not installed or does not start.</exception>
    public (string Transport, string Primitives) DescribeStack()
    {
        try
        {
            using var transport = MakeTransport();
            return (transport.Description, MakePrimitives().Name);
        }
        catch (TransportException exception)
        {
            throw new MeshException(exception.Message, exception);
        }
    }

    private static Random SeedRandom(IPrimitives primitives)
    {
        Span<byte> seed = stackalloc byte[sizeof(int)];
        primitives.Fill(seed);
        return new Random(BitConverter.ToInt32(seed));
    }
}
