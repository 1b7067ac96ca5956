using System.Text;
using Mesh.Core;
using Mesh.Node.Commands;
using Microsoft.Extensions.Logging;

namespace Mesh.Node.Hosting;

/// <summary>Starts the node that a command needs, on the state folder of the user.</summary>
internal sealed class NodeLauncher
{
    private readonly CommandContext _context;

    /// <summary>Chooses the state folder.</summary>
    /// <param name="context">The machine, and where notes go.</param>
    /// <exception cref="MeshException">There is no place for it.</exception>
    public NodeLauncher(CommandContext context)
    {
        _context = context;
        StateFolder = StateFolderPath.Choose(context.Services.Environment, OperatingSystem.IsWindows());
        Owner = new MeshOwner(StateFolder, context.Services.Time);
    }

    /// <summary>Full path of the state folder.</summary>
    public string StateFolder { get; }

    /// <summary>The process that owns the folder, if one runs.</summary>
    public MeshOwner Owner { get; }

    /// <summary>The name of a node that was given none: that of the machine, made valid.</summary>
    /// <param name="hostName">What the machine calls itself; any text.</param>
    public static string NameFrom(string hostName)
    {
        var name = new StringBuilder();
        foreach (var rune in hostName.EnumerateRunes())
        {
            var part = NodeName.IsValid(rune.ToString()) ? rune.ToString() : "-";
            if (Encoding.UTF8.GetByteCount(name + part) > NodeName.MaxBytes)
            {
                break;
            }

            name.Append(part);
        }

        return NodeName.IsValid(name.ToString()) ? name.ToString() : "node";
    }

    /// <summary>How a node takes part unless the command line says otherwise.</summary>
    /// <param name="role">Owner or guest.</param>
    /// <returns>Options; a guest's fit to the last owner's.</returns>
    public MeshOptions Options(MeshRole role)
    {
        var options = new MeshOptions
        {
            StateFolder = StateFolder,
            Name = NameFrom(_context.Services.HostName),
            Role = role,
        };
        return role == MeshRole.Guest && Owner.ReadSettings() is { } settings
            ? options with
            {
                Name = NodeName.IsValid(settings.Name) ? settings.Name : options.Name,
                MeshName = settings.MeshName,
                MeshKeyFile = settings.MeshKeyFile,
            }
            : options;
    }

    /// <summary>Starts a node.</summary>
    /// <param name="options">How it takes part.</param>
    /// <param name="stopToken">Gives up.</param>
    /// <returns>The node, owned by the caller.</returns>
    /// <exception cref="MeshException">Something is in the way.</exception>
    public Task<MeshNode> StartAsync(MeshOptions options, CancellationToken stopToken)
    {
        var quietest = options.Role == MeshRole.Owner ? LogLevel.Information : LogLevel.Warning;
        var platform = _context.Services.MakePlatform(_context.Services.Time) with
        {
            LoggerFactory = new NoteLoggerFactory(
                _context.Output, _context.Output.IsVerbose ? LogLevel.Debug : quietest),
        };
        return MeshNode.StartAsync(options, platform, stopToken);
    }
}
