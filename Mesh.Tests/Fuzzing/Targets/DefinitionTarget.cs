using System.Security.Cryptography;
using Mesh.Core.Wire.Definitions;
using Mesh.Statecharts.Definition;
using Mesh.Tests.Statecharts.Oracle;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>Definitions of charts that came under the hash that was asked for.</summary>
internal sealed class DefinitionTarget : IFuzzTarget
{
    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes];
    private byte[] _bytes = [];
    private ChartDefinition? _definition;
    private string? _refusal;

    public string Name => "definition";

    public IReadOnlyList<byte[]> MakeCorpus(Random random) =>
    [
        .. Enumerable.Range(0, 60).Select(_ =>
            SpecBinder.Bind(CaseMaker.Make(random, 0).Chart).Definition.CanonicalBytes.ToArray()),
        Large(Profile.Samek, 400, 2_000),
        Large(Profile.Scxml, 400, 2_000),
        .. Enumerable.Range(1, 8).Select(states => Large(Profile.Scxml, states * states, states * 3)),
    ];

    public void Prepare(byte[] input)
    {
        _bytes = input;
        SHA256.HashData(input, _hash);
    }

    public void Run() => _ = DefinitionReader.TryRead(_bytes, _hash, out _definition, out _refusal);

    public string? Check()
    {
        if (_definition is null)
        {
            return string.IsNullOrEmpty(_refusal) ? "refused without a reason" : null;
        }

        // Definitions may grow at the end; what is known of one is written as it was read.
        var canonical = _definition.CanonicalBytes.ToArray();
        return canonical.Length > _bytes.Length ? "it grew by being read"
            : !ChartDefinition.TryCreate(DataOf(_definition), out var again, out var refusal) ? refusal
            : !again!.CanonicalBytes.Span.SequenceEqual(canonical) ? "it is another one when it is written anew"
            : null;
    }

    // All that it is made of, as objects.
    private static ChartDefinitionData DataOf(ChartDefinition definition) => new()
    {
        Version = definition.Version,
        Profile = definition.Profile,
        Style = definition.Style,
        InitialTargets = definition.InitialTargets,
        States = definition.States,
        Transitions = definition.Transitions,
        Signals = definition.Signals,
    };

    // States in rows, as deep as they may lie, and transitions between them.
    private static byte[] Large(Profile profile, int states, int transitions)
    {
        var data = new ChartDefinitionData
        {
            Version = "1",
            Profile = profile,
            Style = ChartStyle.Flat,
            States = [.. Enumerable.Range(0, states).Select(number => new StateDefinition($"s{number}")
            {
                Parent = number % ChartLimits.MaxDepth == 0 ? null : number - 1,
            })],
            Transitions = [.. Enumerable.Range(0, transitions).Select(number =>
                new TransitionDefinition(number % states, number % 64)
                {
                    Target = number * 31 % states,
                    Kind = TransitionKind.Goto,
                })],
            Signals = [.. Enumerable.Range(0, 64).Select(number => new SignalDefinition($"S{number}", null))],
        };
        return ChartDefinition.TryCreate(data, out var definition, out var refusal)
            ? definition!.CanonicalBytes.ToArray()
            : throw new InvalidOperationException(refusal);
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
