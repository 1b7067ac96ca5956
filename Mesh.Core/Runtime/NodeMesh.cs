using System.Text;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;

namespace Mesh.Core.Runtime;

/// <summary>Which mesh a node is in: what was chosen, else what its state folder keeps from an invite.</summary>
/// <remarks>
/// <code>
/// mesh.key     the key of the mesh that an invite led to
/// mesh.name    its name, where it has no key; counts only without mesh.key
/// </code>
/// </remarks>
internal sealed class NodeMesh
{
    private const int MaxNameFileBytes = 256;

    private readonly IPrimitives _primitives;
    private readonly string? _name;
    private readonly string? _keyFile;

    /// <summary>Finds out what was chosen: by the options, else for a guest by its owner.</summary>
    /// <param name="primitives">The provider of the primitives.</param>
    /// <param name="options">A key file or a mesh name given there is a person's choice.</param>
    /// <param name="stateFolder">Full path of the state folder.</param>
    public NodeMesh(IPrimitives primitives, MeshOptions options, string stateFolder)
    {
        _primitives = primitives;
        (_name, _keyFile) = (options.MeshName, options.MeshKeyFile);
        if (options.Role == MeshRole.Guest && !IsChosen && OwnerSettingsFile.Read(stateFolder) is { } settings)
        {
            (_name, _keyFile) = (settings.MeshName, settings.MeshKeyFile);
        }

        KeyPath = Path.Combine(stateFolder, "mesh.key");
        NamePath = Path.Combine(stateFolder, "mesh.name");
    }

    /// <summary>Whether a person has chosen the mesh: no invite leads to another one.</summary>
    public bool IsChosen => _name is not null || _keyFile is not null;

    /// <summary>Where the key is kept that came with an invite.</summary>
    public string KeyPath { get; }

    /// <summary>Where the name is kept that came with an invite.</summary>
    public string NamePath { get; }

    /// <summary>Reads the key of the mesh.</summary>
    /// <returns>The key; the caller disposes it.</returns>
    /// <exception cref="MeshException">A file cannot be read, or holds no key or name.</exception>
    public MeshKey Load()
    {
        if (_keyFile is not null)
        {
            return MeshKeyFile.Load(_primitives, _keyFile);
        }

        if (_name is null && File.Exists(KeyPath))
        {
            return MeshKeyFile.Load(_primitives, KeyPath);
        }

        return MeshKey.FromName(_primitives, _name ?? ReadName() ?? MeshKey.DefaultName);
    }

    /// <summary>Makes the key of the mesh that an inviter tells of.</summary>
    /// <param name="key">Its 32 bytes, or none.</param>
    /// <param name="name">Its name, from outside, or null.</param>
    /// <returns>The key, which the caller disposes; null when none is told, or a name that cannot be one.</returns>
    public MeshKey? Offered(ReadOnlySpan<byte> key, string? name)
    {
        if (!key.IsEmpty)
        {
            return MeshKey.Import(_primitives, key);
        }

        return MeshKey.IsValidName(name) ? MeshKey.FromName(_primitives, name) : null;
    }

    /// <summary>Whether this node can be in the mesh that an inviter tells of.</summary>
    /// <param name="current">The key of now.</param>
    /// <param name="key">The inviter's 32 bytes, or none.</param>
    /// <param name="name">The inviter's name, from outside, or null.</param>
    /// <returns>
    /// False when it is another mesh and a person has chosen this one, or this one has a key and that one has none: a
    /// secret is not left behind by the way.
    /// </returns>
    public bool Takes(MeshKey current, ReadOnlySpan<byte> key, string? name)
    {
        using var offered = Offered(key, name);
        if (offered is null)
        {
            return string.IsNullOrEmpty(name);
        }

        return offered.IsSameAs(current) || (!IsChosen && (offered.IsSecret || !current.IsSecret));
    }

    /// <summary>Keeps a mesh for the runs to come, and for guests.</summary>
    /// <param name="key">Its key.</param>
    /// <exception cref="MeshException">The file cannot be written.</exception>
    public void Keep(MeshKey key)
    {
        if (key.Name is not { } name)
        {
            // The key goes before a name that is there still.
            MeshKeyFile.Save(KeyPath, key);
            return;
        }

        try
        {
            DurableFile.Write(NamePath, Encoding.UTF8.GetBytes(name + "\n"));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new MeshException($"{NamePath} cannot be written: {cause.Message}", cause);
        }
    }

    /// <summary>Says why an invite leads nowhere.</summary>
    /// <param name="current">The key of now.</param>
    /// <param name="name">The name of the inviter's mesh, from outside, or null.</param>
    /// <returns>One line for a person.</returns>
    public string DescribeOther(MeshKey current, string? name)
    {
        if (name is not null && !MeshKey.IsValidName(name))
        {
            return "This code leads to a mesh whose name cannot be used.";
        }

        var theirs = name is not null ? $"the mesh '{name}'" : "a mesh with another key";
        return IsChosen
            ? $"This code leads to {theirs}, and this node was started in {Own(current)}: "
                + "start it without --mesh and --mesh-key-file, or in that mesh, and join again."
            : $"This code leads to {theirs}, which has no key, and this node is in a mesh with one: "
                + $"remove {KeyPath} to leave that, and join again.";
    }

    private static string Own(MeshKey current) =>
        current.Name is { } name ? $"the mesh '{name}'" : "a mesh with a key";

    private string? ReadName()
    {
        try
        {
            if (DurableFile.TryRead(NamePath, MaxNameFileBytes) is not { } content)
            {
                return null;
            }

            var name = Encoding.UTF8.GetString(content).TrimEnd('\n');
            return MeshKey.IsValidName(name) ? name : throw new MeshException($"{NamePath} holds no name of a mesh.");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new MeshException($"{NamePath} cannot be read: {cause.Message}", cause);
        }
    }
}
