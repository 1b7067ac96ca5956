using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Mesh.Core.Wire.MessagePack;
using Mesh.Statecharts.Definition;

namespace Mesh.Core.Wire.Definitions;

/// <summary>Reads the definition of a chart from the canonical bytes that a peer sent.</summary>
/// <remarks>
/// docs/wire-format.md §10. The hash is that of the bytes as received, so a definition that grew at its end since this
/// version keeps the name that its publisher gave it, although <see cref="ChartDefinition.Hash"/> then differs.
/// </remarks>
internal static class DefinitionReader
{
    private const int DefinitionFields = 6;
    private const int StateFields = 8;
    private const int TransitionFields = 6;
    private const int SignalFields = 2;

    /// <summary>How deep arrays may nest in a field of a state, a transition or a signal.</summary>
    private const int MaxItemDepth = WireLimits.MaxDepth - 3;

    private delegate bool ItemReader<T>(ref MessageReader reader, [NotNullWhen(true)] out T? item)
        where T : class;

    /// <summary>Reads and checks a definition.</summary>
    /// <param name="source">The canonical bytes, untrusted, any length.</param>
    /// <param name="hash">The hash that was asked for, 32 bytes.</param>
    /// <param name="definition">The definition, when the method returns <see langword="true"/>.</param>
    /// <param name="refusal">What is wrong, for people, when it returns <see langword="false"/>.</param>
    /// <returns>
    /// <see langword="false"/> when the bytes are too many, have another hash, are malformed, or hold what is no chart.
    /// </returns>
    public static bool TryRead(
        ReadOnlySpan<byte> source,
        ReadOnlySpan<byte> hash,
        [NotNullWhen(true)] out ChartDefinition? definition,
        [NotNullWhen(false)] out string? refusal)
    {
        definition = null;
        if (source.Length > WireLimits.MaxDefinitionBytes)
        {
            refusal = $"the definition has {source.Length} bytes, more than {WireLimits.MaxDefinitionBytes}";
            return false;
        }

        Span<byte> own = stackalloc byte[WireSizes.HashBytes];
        SHA256.HashData(source, own);
        if (!own.SequenceEqual(hash))
        {
            refusal = "the definition has another hash than the one that was asked for";
            return false;
        }

        if (!TryReadData(source, out var data))
        {
            refusal = "the definition is malformed";
            return false;
        }

        return ChartDefinition.TryCreate(data, out definition, out refusal);
    }

    private static bool TryReadData(ReadOnlySpan<byte> source, [NotNullWhen(true)] out ChartDefinitionData? data)
    {
        var reader = new MessageReader(source);
        data = null;
        if (!reader.TryReadArray(DefinitionFields, out var unknown)
            || !reader.TryReadText(ChartLimits.MaxNameBytes, out var version)
            || !reader.TryReadUInt8(out var profile)
            || !reader.TryReadUInt8(out var style)
            || !TryReadList<StateDefinition>(ref reader, ChartLimits.MaxStates, TryReadState, out var states)
            || !TryReadList<TransitionDefinition>(
                ref reader,
                ChartLimits.MaxTransitions,
                TryReadTransition,
                out var transitions)
            || !TryReadList<SignalDefinition>(ref reader, ChartLimits.MaxSignals, TryReadSignal, out var signals)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        data = new ChartDefinitionData
        {
            Version = version,
            Profile = (Profile)profile,
            Style = (ChartStyle)style,
            States = states,
            Transitions = transitions,
            Signals = signals,
        };
        return true;
    }

    private static bool TryReadList<T>(ref MessageReader reader, int max, ItemReader<T> tryRead, out T[] items)
        where T : class
    {
        items = [];
        if (!reader.TryReadArrayHeader(out var count) || count > max)
        {
            return false;
        }

        items = new T[count];
        for (var index = 0; index < count; index++)
        {
            if (!tryRead(ref reader, out var item))
            {
                return false;
            }

            items[index] = item;
        }

        return true;
    }

    private static bool TryReadState(ref MessageReader reader, [NotNullWhen(true)] out StateDefinition? state)
    {
        state = null;
        if (!reader.TryReadArray(StateFields, out var unknown)
            || !reader.TryReadText(ChartLimits.MaxNameBytes, out var name)
            || !TryReadOptionalNumber(ref reader, out var parent)
            || !reader.TryReadUInt8(out var kind)
            || !reader.TryReadUInt8(out var entry)
            || !reader.TryReadUInt8(out var exit)
            || !reader.TryReadUInt8(out var init)
            || !TryReadOptionalNumber(ref reader, out var initialTarget)
            || !reader.TryReadUInt8(out var traits)
            || !reader.TrySkip(unknown, MaxItemDepth))
        {
            return false;
        }

        state = new StateDefinition(name)
        {
            Parent = parent,
            Kind = (StateKind)kind,
            Entry = (Report)entry,
            Exit = (Report)exit,
            Init = (Report)init,
            InitialTarget = initialTarget,
            Traits = (StateTraits)traits,
        };
        return true;
    }

    private static bool TryReadTransition(
        ref MessageReader reader,
        [NotNullWhen(true)] out TransitionDefinition? transition)
    {
        transition = null;
        if (!reader.TryReadArray(TransitionFields, out var unknown)
            || !reader.TryReadUInt16(out var source)
            || !reader.TryReadUInt16(out var signal)
            || !TryReadOptionalText(ref reader, out var guard)
            || !TryReadOptionalText(ref reader, out var effect)
            || !TryReadOptionalNumber(ref reader, out var target)
            || !reader.TryReadUInt8(out var kind)
            || !reader.TrySkip(unknown, MaxItemDepth))
        {
            return false;
        }

        transition = new TransitionDefinition(source, signal)
        {
            Guard = guard,
            Effect = effect,
            Target = target,
            Kind = (TransitionKind)kind,
        };
        return true;
    }

    private static bool TryReadSignal(ref MessageReader reader, [NotNullWhen(true)] out SignalDefinition? signal)
    {
        signal = null;
        if (!reader.TryReadArray(SignalFields, out var unknown)
            || !reader.TryReadText(ChartLimits.MaxNameBytes, out var name)
            || !TryReadOptionalText(ref reader, out var payload)
            || !reader.TrySkip(unknown, MaxItemDepth))
        {
            return false;
        }

        signal = new SignalDefinition(name, payload);
        return true;
    }

    private static bool TryReadOptionalNumber(ref MessageReader reader, out int? number)
    {
        number = null;
        if (reader.TryReadNil())
        {
            return true;
        }

        var isRead = reader.TryReadUInt16(out var value);
        number = value;
        return isRead;
    }

    private static bool TryReadOptionalText(ref MessageReader reader, out string? text)
    {
        text = null;
        if (reader.TryReadNil())
        {
            return true;
        }

        var isRead = reader.TryReadText(ChartLimits.MaxNameBytes, out var value);
        text = value;
        return isRead;
    }
}
