using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Mesh.Statecharts.Definition;

/// <summary>What a chart is, without its code: immutable, checked, named by the hash of its canonical bytes.</summary>
/// <remarks>
/// Everything that people read about a chart (spy and trace text, drawings, coverage) follows from this and a step
/// record.
/// The hash promises text, not behaviour. A definition that came from a peer cannot be run.
/// <para>
/// Canonical bytes are MessagePack in its shortest forms: arrays, unsigned integers, UTF-8 strings and nil (absent).
/// Arrays may grow at the end. Enumerations are written as their values, states and signals as their numbers.
/// </para>
/// <code>
/// definition = [version, profile, style, [state..], [transition..], [signal..]]
/// state      = [name, parent | nil, kind, entry, exit, init, initial target | nil, traits]
/// transition = [source, signal, guard | nil, effect | nil, target | nil, kind]
/// signal     = [name, payload | nil]
/// </code>
/// A definition of <see cref="Profile.Scxml"/> has one more field each for the further numbers:
/// <code>
/// definition = [.., [signal..], [initial target..]]
/// state      = [.., traits, [more initial targets..]]
/// transition = [source, signal | nil, .., kind, [more signals..], [more targets..]]
/// </code>
/// </remarks>
public sealed class ChartDefinition
{
    /// <summary>The number that stands for <c>top</c>, the state around all states.</summary>
    public const int Top = -1;

    /// <summary>The size of <see cref="Hash"/>, in bytes.</summary>
    public const int HashSizeBytes = 32;

    private const int NoSignal = ushort.MaxValue;

    private readonly PackedChart _packed;
    private readonly ChartTree _tree;
    private readonly byte[] _hash;

    // Made when first asked for, by any thread: two that make one at once make the same.
    private volatile Dictionary<string, int>? _stateNumbers;
    private volatile Dictionary<string, int>? _signalNumbers;
    private volatile uint[]? _reactions;

    private ChartDefinition(PackedChart packed, ChartTree tree)
    {
        _packed = packed;
        _tree = tree;
        _hash = SHA256.HashData(packed.Bytes.Span);
        Version = packed.Version;
        Profile = (Profile)packed.Profile;
        Style = (ChartStyle)packed.Style;
        InitialTargets = packed.InitialTargets.ToArray();
        States = new PackedList<StateDefinition>(packed.StateCount, number => packed.State(number).ToDefinition());
        Transitions = new PackedList<TransitionDefinition>(
            packed.TransitionCount, number => packed.Transition(number).ToDefinition());
        Signals = new PackedList<SignalDefinition>(packed.SignalCount, number => packed.Signal(number).ToDefinition());
    }

    /// <summary>The author's version of the chart; may be empty.</summary>
    public string Version { get; }

    /// <summary>Which meaning the chart has.</summary>
    public Profile Profile { get; }

    /// <summary>How its states answer what they refuse.</summary>
    public ChartStyle Style { get; }

    /// <summary>The states in which a chart of <see cref="Profile.Scxml"/> starts; empty for the first.</summary>
    public IReadOnlyList<int> InitialTargets { get; }

    /// <summary>The states; the place in the list is the number.</summary>
    public IReadOnlyList<StateDefinition> States { get; }

    /// <summary>The transitions; the place in the list is the number.</summary>
    public IReadOnlyList<TransitionDefinition> Transitions { get; }

    /// <summary>The signals; the place in the list is the number.</summary>
    public IReadOnlyList<SignalDefinition> Signals { get; }

    /// <summary>The canonical form, at most <see cref="ChartLimits.MaxCanonicalBytes"/>.</summary>
    public ReadOnlyMemory<byte> CanonicalBytes => _packed.Bytes;

    /// <summary>SHA-256 of the canonical form.</summary>
    public ReadOnlyMemory<byte> Hash => _hash;

    /// <summary>Checks a definition from anywhere and makes it usable.</summary>
    /// <param name="data">The content; untrusted. The lists are copied.</param>
    /// <param name="definition">The definition, when the method returns <see langword="true"/>.</param>
    /// <param name="refusal">Which check failed, naming the state; set when the method returns
    /// <see langword="false"/>.</param>
    /// <returns>
    /// <see langword="false"/> when a limit of <see cref="ChartLimits"/> is passed, a name is empty, too long, not
    /// Unicode
    /// or there twice, a parent or target is unknown, states lie in each other, an init leaves its state, a target is
    /// there
    /// without need or missing, or the profile, style, kind or traits are unknown.
    /// </returns>
    public static bool TryCreate(ChartDefinitionData data, out ChartDefinition? definition, out string? refusal)
    {
        ArgumentNullException.ThrowIfNull(data);
        definition = null;
        refusal = ChartDataChecks.FindFault(data);
        if (refusal is not null)
        {
            return false;
        }

        var writer = new CanonicalWriter();
        ChartCanonicalForm.Write(data, writer);
        return TryRead(writer.ToArray(), out definition, out refusal);
    }

    /// <summary>Checks a definition that came as its canonical bytes.</summary>
    /// <remarks>
    /// It keeps a copy of the bytes and a few more for each item: what it is made of becomes objects when somebody asks
    /// for it. Fields that it grew by since this version are left out, and so <see cref="Hash"/> is another one then.
    /// </remarks>
    /// <param name="canonicalBytes">The bytes, untrusted, any length.</param>
    /// <param name="definition">The definition, when the method returns <see langword="true"/>.</param>
    /// <param name="refusal">What is wrong, for people, when it returns <see langword="false"/>.</param>
    /// <returns><see langword="false"/> when the bytes are too many or malformed, or for the reasons of
    /// <see cref="TryCreate"/>.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> canonicalBytes,
        [NotNullWhen(true)] out ChartDefinition? definition,
        [NotNullWhen(false)] out string? refusal)
    {
        definition = null;
        if (canonicalBytes.Length > ChartLimits.MaxCanonicalBytes)
        {
            refusal =
                $"the canonical form has {canonicalBytes.Length} bytes, more than {ChartLimits.MaxCanonicalBytes}";
            return false;
        }

        if (PackedChart.Read(canonicalBytes) is not { } packed)
        {
            refusal = "the definition is malformed";
            return false;
        }

        refusal = ChartChecks.FindFault(packed, out var tree);
        if (refusal is not null)
        {
            return false;
        }

        definition = new ChartDefinition(packed, tree!);
        return true;
    }

    /// <summary>The number of the state of this name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="state">The number, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> when the chart has no such state.</returns>
    public bool TryFindState(string name, out int state) =>
        (_stateNumbers ??= Number(States, each => each.Name)).TryGetValue(name, out state);

    /// <summary>The number of the signal of this name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="signal">The number, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> when no state of the chart reacts to such a signal.</returns>
    public bool TryFindSignal(string name, out int signal) =>
        (_signalNumbers ??= Number(Signals, each => each.Name)).TryGetValue(name, out signal);

    /// <summary>Whether one state is another or lies inside of it, at any depth.</summary>
    /// <param name="state">The number of the inner state, or <see cref="Top"/>.</param>
    /// <param name="outer">The number of the outer state, or <see cref="Top"/>, in which all states lie.</param>
    /// <returns><see langword="false"/> also for a number that the chart does not have.</returns>
    public bool IsInside(int state, int outer)
    {
        if (outer == Top)
        {
            return state == Top || IsState(state);
        }

        return IsState(state) && IsState(outer) && _tree.IsInside(state, outer);
    }

    /// <summary>Whether this is the number of a state.</summary>
    internal bool IsState(int state) => (uint)state < (uint)_tree.Count;

    /// <summary>The number of the state around this one, or <see cref="Top"/>.</summary>
    internal int ParentOf(int state) => _tree.ParentOf(state);

    /// <summary>How deep the state lies; 1 for an outermost state, 0 for <see cref="Top"/>.</summary>
    internal int DepthOf(int state) => state == Top ? 0 : _tree.DepthOf(state);

    /// <summary>Whether the state itself has a transition for the signal.</summary>
    internal bool Reacts(int state, int signal) =>
        (uint)signal < NoSignal
            && (_reactions ??= FindReactions()).AsSpan().BinarySearch(ReactionOf(state, signal)) >= 0;

    private static uint ReactionOf(int state, int signal) => ((uint)state << 16) | (uint)signal;

    private static Dictionary<string, int> Number<T>(IReadOnlyList<T> items, Func<T, string> nameOf)
    {
        var numbers = new Dictionary<string, int>(items.Count, StringComparer.Ordinal);
        foreach (var item in items)
        {
            var added = numbers.TryAdd(nameOf(item), numbers.Count);
            Debug.Assert(added, "the checks refuse a name that is there twice");
        }

        return numbers;
    }

    // Four bytes for each transition, sorted.
    private uint[] FindReactions()
    {
        var reactions = new uint[_packed.TransitionCount];
        for (var number = 0; number < reactions.Length; number++)
        {
            var transition = _packed.Transition(number);
            reactions[number] = ReactionOf(transition.Source, transition.Signal ?? NoSignal);
        }

        Array.Sort(reactions);
        return reactions;
    }
}
