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

    // A definition of the Scxml profile has one more field itself, a state of it one and a transition two.
    private const int ScxmlStateFields = 9;
    private const int ScxmlTransitionFields = 8;

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
        IReadOnlyList<int> initialTargets = [];
        if (!reader.TryReadArray(DefinitionFields, out var unknown)
            || !reader.TryReadText(ChartLimits.MaxNameBytes, out var version)
            || !reader.TryReadUInt8(out var profile)
            || !reader.TryReadUInt8(out var style))
        {
            return false;
        }

        var isScxml = profile == (byte)Profile.Scxml;
        if (!TryReadList<StateDefinition>(
                ref reader, ChartLimits.MaxStates, isScxml ? TryReadScxmlState : TryReadState, out var states)
            || !TryReadList<TransitionDefinition>(
                ref reader,
                ChartLimits.MaxTransitions,
                isScxml ? TryReadScxmlTransition : TryReadTransition,
                out var transitions)
            || !TryReadList<SignalDefinition>(ref reader, ChartLimits.MaxSignals, TryReadSignal, out var signals)
            || (isScxml && (unknown < 1 || !TryReadNumbers(ref reader, out initialTargets)))
            || !reader.TryReadEnd(isScxml ? unknown - 1 : unknown))
        {
            return false;
        }

        data = new ChartDefinitionData
        {
            Version = version,
            Profile = (Profile)profile,
            Style = (ChartStyle)style,
            InitialTargets = initialTargets,
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
        if (!reader.TryReadArray(StateFields, out var unknown) || !TryReadStateFields(ref reader, out state))
        {
            state = null;
            return false;
        }

        return reader.TrySkip(unknown, MaxItemDepth);
    }

    private static bool TryReadScxmlState(ref MessageReader reader, [NotNullWhen(true)] out StateDefinition? state)
    {
        if (!reader.TryReadArray(ScxmlStateFields, out var unknown)
            || !TryReadStateFields(ref reader, out state)
            || !TryReadNumbers(ref reader, out var moreTargets))
        {
            state = null;
            return false;
        }

        state = state with { MoreInitialTargets = moreTargets };
        return reader.TrySkip(unknown, MaxItemDepth);
    }

    private static bool TryReadStateFields(ref MessageReader reader, [NotNullWhen(true)] out StateDefinition? state)
    {
        state = null;
        if (!reader.TryReadText(ChartLimits.MaxNameBytes, out var name)
            || !TryReadOptionalNumber(ref reader, out var parent)
            || !reader.TryReadUInt8(out var kind)
            || !reader.TryReadUInt8(out var entry)
            || !reader.TryReadUInt8(out var exit)
            || !reader.TryReadUInt8(out var init)
            || !TryReadOptionalNumber(ref reader, out var initialTarget)
            || !reader.TryReadUInt8(out var traits))
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
        if (!reader.TryReadArray(TransitionFields, out var unknown)
            || !TryReadTransitionFields(ref reader, isScxml: false, out transition))
        {
            transition = null;
            return false;
        }

        return reader.TrySkip(unknown, MaxItemDepth);
    }

    private static bool TryReadScxmlTransition(
        ref MessageReader reader,
        [NotNullWhen(true)] out TransitionDefinition? transition)
    {
        if (!reader.TryReadArray(ScxmlTransitionFields, out var unknown)
            || !TryReadTransitionFields(ref reader, isScxml: true, out transition)
            || !TryReadNumbers(ref reader, out var moreSignals)
            || !TryReadNumbers(ref reader, out var moreTargets))
        {
            transition = null;
            return false;
        }

        transition = transition with { MoreSignals = moreSignals, MoreTargets = moreTargets };
        return reader.TrySkip(unknown, MaxItemDepth);
    }

    private static bool TryReadTransitionFields(
        ref MessageReader reader,
        bool isScxml,
        [NotNullWhen(true)] out TransitionDefinition? transition)
    {
        transition = null;
        if (!reader.TryReadUInt16(out var source)
            || !TryReadOptionalNumber(ref reader, out var signal)
            || (signal is null && !isScxml)
            || !TryReadOptionalText(ref reader, out var guard)
            || !TryReadOptionalText(ref reader, out var effect)
            || !TryReadOptionalNumber(ref reader, out var target)
            || !reader.TryReadUInt8(out var kind))
        {
            return false;
        }

        transition = new TransitionDefinition(source, signal ?? TransitionDefinition.Eventless)
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

    // Each number takes a byte at least, so the count cannot exceed what is there.
    private static bool TryReadNumbers(ref MessageReader reader, out IReadOnlyList<int> numbers)
    {
        numbers = [];
        if (!reader.TryReadArrayHeader(out var count) || count > ChartLimits.MaxStates)
        {
            return false;
        }

        if (count == 0)
        {
            return true;
        }

        var read = new int[count];
        numbers = read;
        foreach (ref var number in read.AsSpan())
        {
            if (!reader.TryReadUInt16(out var value))
            {
                return false;
            }

            number = value;
        }

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
