using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Trust;

namespace Mesh.Tests.Core.Hostile;

/// <summary>A whole node, and whoever breaks its limits: each act goes up to one and gives the step beyond.</summary>
internal sealed partial class LimitLab : IAsyncDisposable
{
    private readonly StillMesh _mesh = new();
    private readonly List<IDisposable> _opened = [];
    private StillNode? _node;
    private NodeIdentity? _identity;
    private int _sources;

    /// <summary>Every counter of the node.</summary>
    public IReadOnlyDictionary<string, long> Counters => Node.Counters;

    private StillNode Node => _node ??= _mesh.Add("pi", "10.0.0.1", options => options with { Beacons = false });

    /// <summary>Decides about as many peers as there may be.</summary>
    public Action Peers()
    {
        _node = _mesh.Add("pi", "10.0.0.1", options => options with { Accept = AcceptMode.Always });
        for (var count = 0; count < TrustStore.MaxPeers; count++)
        {
            var id = new byte[NodeId.SizeBytes];
            BitConverter.TryWriteBytes(id, count + 1);
            Node.Parts.Trust.Store.Decide(new NodeId(id), TrustState.Rejected, Rights.None);
        }

        return () => Opened(Rogue.Stranger(Node)).Open();
    }

    public async ValueTask DisposeAsync()
    {
        _opened.ForEach(opened => opened.Dispose());
        _identity?.Dispose();
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        await _mesh.DisposeAsync();
    }

    private T Opened<T>(T opened)
        where T : IDisposable
    {
        _opened.Add(opened);
        return opened;
    }

    // An address that nothing came from yet.
    private IPAddress NextSource()
    {
        _sources++;
        return new IPAddress([10, 9, (byte)(_sources / 250), (byte)(1 + (_sources % 250))]);
    }

    private static void Times(int count, Action act)
    {
        for (; count > 0; count--)
        {
            act();
        }
    }
}
