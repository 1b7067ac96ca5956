using System.CommandLine;
using System.Net;
using Mesh.Core;
using Mesh.Node.Hosting;

namespace Mesh.Node.Commands;

/// <summary>Which mesh, and where to look for peers: the options of every command that takes part.</summary>
internal sealed class MeshChoice
{
    private readonly Option<HostAddress[]> _peers = new("--peer")
    {
        Description = "Also dial this address, whatever the beacons say; may be given more than once",
        HelpName = "host:port",
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result =>
            [.. result.Tokens.Select(token => Parse(result.AddError, token.Value)).OfType<HostAddress>()],
    };

    private readonly Option<string?> _mesh = new("--mesh")
    {
        Description = "Name of the mesh (default: that of the running node or of the last invite, else default)",
        HelpName = "name",
    };

    private readonly Option<string?> _keyFile = new("--mesh-key-file")
    {
        Description = "File with the mesh key",
        HelpName = "file",
    };

    private readonly Option<bool> _noBeacon = new("--no-beacon")
    {
        Description = "Send and hear no beacons: only known addresses are dialled",
    };

    public MeshChoice()
    {
        _mesh.Validators.Add(result =>
        {
            if (result.Tokens is not [var token])
            {
                return;
            }

            if (string.IsNullOrWhiteSpace(token.Value))
            {
                result.AddError("the name of a mesh is not empty");
            }
            else if (!MeshOptions.IsValidMeshName(token.Value))
            {
                result.AddError("the name of a mesh is at most 128 bytes that can be shown");
            }
        });
    }

    /// <summary>Reads one host and port; tells the fault otherwise.</summary>
    /// <param name="addError">Takes the fault.</param>
    /// <param name="text">What was written.</param>
    public static HostAddress? Parse(Action<string> addError, string text)
    {
        var address = HostAddress.TryParse(text);
        if (address is null)
        {
            addError($"\"{text}\" is no address; write it like 192.168.1.20:21750 or pi.local:21750");
        }

        return address;
    }

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_peers);
        command.Add(_noBeacon);
        command.Add(_mesh);
        command.Add(_keyFile);
    }

    /// <summary>Tells whether an address to dial was given.</summary>
    public bool HasPeers(ParseResult result) => result.GetValue(_peers) is { Length: > 0 };

    /// <summary>Lays what was given over the options of a node.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="options">What holds otherwise.</param>
    /// <param name="stopToken">Gives up looking for hosts.</param>
    /// <returns>The options.</returns>
    /// <exception cref="MeshException">A host is not known.</exception>
    public async Task<MeshOptions> ApplyAsync(ParseResult result, MeshOptions options, CancellationToken stopToken)
    {
        var peers = new List<IPEndPoint>();
        foreach (var peer in result.GetValue(_peers) ?? [])
        {
            peers.AddRange(await peer.ResolveAsync(stopToken));
        }

        var mesh = result.GetValue(_mesh);
        return options with
        {
            Peers = peers,
            Beacons = !result.GetValue(_noBeacon),
            MeshName = mesh ?? options.MeshName,
            MeshKeyFile = result.GetValue(_keyFile) ?? (mesh is null ? options.MeshKeyFile : null),
        };
    }
}
