using Mesh.Tests.Fuzzing.Targets;

namespace Mesh.Tests.Fuzzing;

/// <summary>Everything that is fuzzed, by name.</summary>
internal static class FuzzTargets
{
    private static readonly Dictionary<string, Func<IFuzzTarget>> All = new()
    {
        ["beacon"] = () => new BeaconTarget(),
        ["handshake"] = () => new HandshakeTarget(),
        ["session"] = () => new SessionTarget(),
        ["frame"] = () => new FrameTarget(),
        ["records"] = () => new RecordsTarget(),
        ["text"] = () => new StepTextTarget(),
        ["view"] = () => new ViewTarget(),
        ["snapshot"] = () => new SnapshotTarget(),
        ["definition"] = () => new DefinitionTarget(),
        ["files"] = () => new StateFilesTarget(),
        ["invite"] = () => new InviteCodeTarget(),
        ["control"] = () => new ControlTarget(),
        ["address"] = () => new AddressTarget(),
        ["sequence"] = () => new SequenceTarget(),
    };

    /// <summary>The names, in the order of the protocol.</summary>
    public static IReadOnlyCollection<string> Names => All.Keys;

    /// <summary>Makes a target.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static IFuzzTarget Make(string name) => All[name]();
}
