using System.Net;
using Mesh.Core.Discovery;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;

namespace Mesh.Tests.Core.Hostile;

/// <summary>Somebody of the mesh, with true keys, who writes beacons as they like.</summary>
internal sealed class BeaconForge : IDisposable
{
    private readonly IPrimitives _primitives = PrimitivesProvider.Load();
    private readonly MeshKey _key;
    private readonly byte[] _buffer = new byte[WireLimits.MaxBeaconBytes];
    private ulong _sequence;

    /// <summary>Makes one.</summary>
    /// <param name="mesh">Whose beacon key is used.</param>
    public BeaconForge(string mesh = MeshKey.DefaultName)
    {
        Identity = NodeIdentity.Create(_primitives);
        _key = MeshKey.FromName(_primitives, mesh);
    }

    /// <summary>The true keys.</summary>
    public NodeIdentity Identity { get; }

    /// <summary>Writes the next beacon, each as if the sender had just been started anew.</summary>
    /// <param name="sessionPort">Where sessions are said to be taken.</param>
    /// <param name="endpoints">What it signs besides.</param>
    public byte[] Write(ushort sessionPort, params IPEndPoint[] endpoints)
    {
        var content = new BeaconContent
        {
            Incarnation = 1_000 + ++_sequence,
            Sequence = _sequence,
            SessionPort = sessionPort,
            FramePort = 1,
            PrivatePort = 1,
            Endpoints = endpoints,
            IsSeek = true,
            AcceptsStrangers = true,
        };
        return _buffer[..new BeaconSeal(Identity, _key, _primitives).Write(_buffer, content)];
    }

    public void Dispose()
    {
        Identity.Dispose();
        _key.Dispose();
    }
}
