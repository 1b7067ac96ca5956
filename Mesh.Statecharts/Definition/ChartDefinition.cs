using System.Diagnostics;
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

    private readonly int[] _parents;
    private readonly int[] _depths;
    private readonly Dictionary<string, int> _stateNumbers;
    private readonly Dictionary<string, int> _signalNumbers;
    private readonly HashSet<(int State, int Signal)> _reactions;
    private readonly byte[] _canonicalBytes;
    private readonly byte[] _hash;

    private ChartDefinition(ChartDefinitionData data, byte[] canonicalBytes)
    {
        Version = data.Version;
        Profile = data.Profile;
        Style = data.Style;
        InitialTargets = data.InitialTargets;
        States = data.States;
        Transitions = data.Transitions;
        Signals = data.Signals;
        _canonicalBytes = canonicalBytes;
        _hash = SHA256.HashData(canonicalBytes);
        _parents = [.. States.Select(state => state.Parent ?? Top)];
        _depths = new int[States.Count];
        for (var state = 0; state < _depths.Length; state++)
        {
            // Outward to a state whose depth is known, then inward again.
            var depth = 0;
            var outer = state;
            for (; outer != Top && _depths[outer] == 0; outer = _parents[outer])
            {
                depth++;
            }

            depth += DepthOf(outer);
            for (outer = state; outer != Top && _depths[outer] == 0; outer = _parents[outer])
            {
                _depths[outer] = depth--;
            }
        }

        _stateNumbers = Number(States.Count, States.Select(state => state.Name));
        _signalNumbers = Number(Signals.Count, Signals.Select(signal => signal.Name));
        _reactions = new HashSet<(int, int)>(Transitions.Count);
        foreach (var transition in Transitions)
        {
            _ = _reactions.Add((transition.Source, transition.Signal));
        }
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
    public ReadOnlyMemory<byte> CanonicalBytes => _canonicalBytes;

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
        refusal = ChartChecks.FindSizeFault(data);
        if (refusal is not null)
        {
            return false;
        }

        var own = data with
        {
            InitialTargets = [.. data.InitialTargets],
            States = [.. data.States.Select(Copy)],
            Transitions = [.. data.Transitions.Select(Copy)],
            Signals = [.. data.Signals],
        };
        refusal = ChartChecks.FindFault(own);
        if (refusal is not null)
        {
            return false;
        }

        var writer = new CanonicalWriter();
        ChartCanonicalForm.Write(own, writer);
        if (writer.Length > ChartLimits.MaxCanonicalBytes)
        {
            refusal = $"the canonical form has {writer.Length} bytes, more than {ChartLimits.MaxCanonicalBytes}";
            return false;
        }

        definition = new ChartDefinition(own, writer.ToArray());
        return true;
    }

    /// <summary>The number of the state of this name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="state">The number, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> when the chart has no such state.</returns>
    public bool TryFindState(string name, out int state) => _stateNumbers.TryGetValue(name, out state);

    /// <summary>The number of the signal of this name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="signal">The number, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> when no state of the chart reacts to such a signal.</returns>
    public bool TryFindSignal(string name, out int signal) => _signalNumbers.TryGetValue(name, out signal);

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

        if (!IsState(state) || !IsState(outer))
        {
            return false;
        }

        while (_depths[state] > _depths[outer])
        {
            state = _parents[state];
        }

        return state == outer;
    }

    /// <summary>Whether this is the number of a state.</summary>
    internal bool IsState(int state) => (uint)state < (uint)_parents.Length;

    /// <summary>The number of the state around this one, or <see cref="Top"/>.</summary>
    internal int ParentOf(int state) => _parents[state];

    /// <summary>How deep the state lies; 1 for an outermost state, 0 for <see cref="Top"/>.</summary>
    internal int DepthOf(int state) => state == Top ? 0 : _depths[state];

    /// <summary>Whether the state itself has a transition for the signal.</summary>
    internal bool Reacts(int state, int signal) => _reactions.Contains((state, signal));

    // Null items stay: the checks name them.
    private static StateDefinition Copy(StateDefinition state) =>
        state is { MoreInitialTargets: { Count: > 0 } more } ? state with { MoreInitialTargets = [.. more] } : state;

    private static TransitionDefinition Copy(TransitionDefinition transition)
    {
        return transition is { MoreSignals: not null, MoreTargets: not null }
            && (transition.MoreSignals.Count | transition.MoreTargets.Count) != 0
            ? transition with
            {
                MoreSignals = [.. transition.MoreSignals],
                MoreTargets = [.. transition.MoreTargets],
            }
            : transition;
    }

    private static Dictionary<string, int> Number(int count, IEnumerable<string> names)
    {
        var numbers = new Dictionary<string, int>(count, StringComparer.Ordinal);
        foreach (var name in names)
        {
            var added = numbers.TryAdd(name, numbers.Count);
            Debug.Assert(added, "the checks refuse a name that is there twice");
        }

        return numbers;
    }
}
