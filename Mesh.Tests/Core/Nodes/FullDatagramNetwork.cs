using Mesh.Core.Transport;

namespace Mesh.Tests.Core.Nodes;

/// <summary>Datagrams of a machine that is out of ports: only the shared one can be opened.</summary>
/// <param name="inner">Gives the shared port.</param>
internal sealed class FullDatagramNetwork(IDatagramNetwork inner) : IDatagramNetwork
{
    /// <summary>The shared port, once it was opened.</summary>
    public IDatagramSocket? Shared { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<DatagramInterface> ReadInterfaces() => inner.ReadInterfaces();

    /// <inheritdoc/>
    public BindResult TryOpenShared(int port, Action readable, out IDatagramSocket? socket)
    {
        var result = inner.TryOpenShared(port, readable, out socket);
        Shared = socket;
        return result;
    }

    /// <inheritdoc/>
    public IDatagramSocket OpenPrivate(Action readable) => throw new TransportException("out of ports");
}
