using System.Diagnostics;
using System.Globalization;
using Mesh.Core.Logs;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Foreign;

/// <content>What the loop does to a foreign chart: the owner's gate is held, except where callbacks run.</content>
public sealed partial class ForeignHsm
{
    // A string, its reference, and its place in a list.
    private const int NameBytes = 80;
    private const int MaxGaps = 64;

    // With its share of what a list keeps empty.
    private const int GapBytes = 64;

    // A publisher numbers its names one after another.
    private const int MaxSkippedNames = 16;

    private long _nameBytes;

    /// <summary>The hash of the definition; null while the chart is known by its number alone.</summary>
    internal DefinitionHash? Hash { get; private set; }

    /// <summary>True when somebody listens to this chart.</summary>
    internal bool HasListeners => _listeners is { IsHeard: true };

    /// <summary>Whether a step was seen before.</summary>
    internal bool Knows(ulong step) => step < _nextStep;

    /// <summary>True once the chart was announced.</summary>
    internal bool HasAppeared { get; set; }

    /// <summary>True when the definition was asked for and did not come.</summary>
    internal bool IsDefinitionRefused { get; private set; }

    /// <summary>Bytes of storage.</summary>
    internal long StorageBytes =>
        _nameBytes + (_earlyNames?.StorageBytes ?? 0) + (_history?.StorageBytes ?? 0)
        + ((long)(_gaps?.Count ?? 0) * GapBytes);

    internal void Identify(WireText name, WireText traceName, DefinitionHash hash)
    {
        _name = name.ToString();
        _traceName = traceName.ToString(_name);
        Hash = hash;
    }

    internal void Define(ChartDefinition? definition)
    {
        if (definition is null)
        {
            IsDefinitionRefused = true;
            return;
        }

        if (_earlyNames is { } early)
        {
            var position = 0;
            while (early.TryRead(ref position, out var name))
            {
                SetName(definition, name);
            }

            _owner.Budget.Return(early.StorageBytes);
            _earlyNames = null;
        }

        Volatile.Write(ref _definition, definition);
    }

    internal void AddName(in NameRecord record)
    {
        if (Definition is { } definition)
        {
            SetName(definition, record);
        }
        else if (!(_earlyNames ??= new EarlyNames()).TryAdd(record, _owner.Budget))
        {
            _owner.Counters.DroppedNames++;
        }
    }

    /// <summary>Keeps a step.</summary>
    /// <returns>The steps that are missing before it, if any.</returns>
    internal StepGap? Add(in StepRecord step, ReadOnlySpan<byte> notes, in FrameClock clock, GapReason reason)
    {
        Debug.Assert(_owner.Gate.IsHeldByCurrentThread, "the loop holds the gate");
        var gap = _nextStep != 0 && _nextStep < step.Number
            ? Note(new StepGap(LastStep, step.Number, reason))
            : (StepGap?)null;
        (_history ??= new ForeignHistory(_owner.Budget)).Add(step, notes, clock);
        _nextStep = step.Number + 1;
        _leaf = step.LeafAfter;
        IsFaulted |= step.Kind == StepKind.Fault;
        return gap;
    }

    internal void Add(in TraceRecord trace, in FrameClock clock)
    {
        (_history ??= new ForeignHistory(_owner.Budget)).Add(trace, clock);
        _nextStep = trace.Number + 1;
        _leaf = trace.To;
    }

    /// <summary>Goes on at another place, behind what was not seen.</summary>
    /// <returns>The steps that are missing, if any.</returns>
    internal StepGap? MoveTo(ulong nextStep, int leaf, bool isFaulted, GapReason reason)
    {
        if (nextStep <= _nextStep)
        {
            return null;
        }

        // Of a chart that is seen for the first time nothing was missed.
        var gap = _nextStep == 0 ? (StepGap?)null : Note(new StepGap(LastStep, nextStep, reason));
        _nextStep = nextStep;
        _leaf = leaf;
        IsFaulted = isFaulted;
        return gap;
    }

    /// <summary>Notes steps that the publisher itself did not see.</summary>
    internal StepGap Lose(ulong from, ulong to)
    {
        _nextStep = to + 1;
        return Note(new StepGap(from == 0 ? null : from - 1, to + 1, GapReason.NotRead));
    }

    internal void Finish(ForeignEnd end) => End = end;

    /// <summary>Runs the callbacks for a step. The gate is not held.</summary>
    internal void Tell(in StepRecord step, ReadOnlySpan<byte> notes, in FrameClock clock)
    {
        Debug.Assert(!_owner.Gate.IsHeldByCurrentThread, "callbacks may read any chart");
        try
        {
            if (step.IsTraced)
            {
                TellTrace(TraceRecord.Of(step), clock);
            }

            if (LiveSpy is { } live && Definition is { } definition)
            {
                var lines = new List<string>();
                SpyText.Expand(definition, step, notes, _names, lines);
                foreach (var line in lines)
                {
                    live(line);
                }
            }

            Stepped?.Invoke(ToStep(step, clock));
        }
        catch (Exception exception)
        {
            SwitchOff(exception);
        }
    }

    /// <summary>Runs the callbacks for a line of the trace lane. The gate is not held.</summary>
    internal void Tell(in TraceRecord trace, in FrameClock clock)
    {
        try
        {
            TellTrace(trace, clock);
            Stepped?.Invoke(ToStep(AsStep(trace), clock));
        }
        catch (Exception exception)
        {
            SwitchOff(exception);
        }
    }

    internal ForeignStep ToStep(in StepRecord step, in FrameClock clock) => new()
    {
        Number = step.Number,
        Kind = step.Kind,
        Time = clock.ToLocalTime(step.Timestamp),
        Signal = step.Signal < 0 ? string.Empty : SignalText(step.Signal),
        From = step.LeafBefore == ChartDefinition.Top ? "top" : StateText(step.LeafBefore),
        To = step.LeafAfter == ChartDefinition.Top ? "top" : StateText(step.LeafAfter),
        Outcome = step.Outcome.Kind,
        Queued = step.Queued,
        Deferred = step.Deferred,
    };

    internal static StepRecord AsStep(in TraceRecord trace) => new()
    {
        Number = trace.Number,
        Kind = trace.From == ChartDefinition.Top ? StepKind.Start : StepKind.Step,
        Timestamp = trace.Timestamp,
        Signal = trace.Signal,
        Outcome = trace.From == ChartDefinition.Top ? StepOutcome.OfStart(trace.To) : StepOutcome.OfTransition(-1),
        LeafBefore = trace.From,
        LeafAfter = trace.To,
        Queued = StepRecord.NoQueues,
    };

    private void SetName(ChartDefinition definition, in NameRecord record)
    {
        var names = _names ?? new ChartNames(definition);
        var table = record.Kind == NameKind.Signal ? names.Signals : names.States;
        var index = (long)record.Number - table.First;
        if (index is < 0 or >= NameTable.MaxNames || index > table.Count + MaxSkippedNames
            || table.TryGet((int)record.Number, out _))
        {
            return;
        }

        // The room in the table is paid for with the names that are skipped.
        var cost = (NameBytes * Math.Max(1, index + 1 - table.Count)) + ((long)record.Text.CountBytes() * sizeof(char));
        if (_owner.Budget.TryTake(cost))
        {
            _nameBytes += cost;
            _ = table.TrySet((int)record.Number, record.Text.ToString());
            Volatile.Write(ref _names, names);
        }
        else
        {
            _owner.Counters.DroppedNames++;
        }
    }

    private static string NumberText(int number) => string.Create(CultureInfo.InvariantCulture, $"#{number}");

    private void TellTrace(in TraceRecord trace, in FrameClock clock)
    {
        if (LiveTrace is { } live && Definition is { } definition)
        {
            live(TraceText.Format(definition, trace, _names, TraceName, clock.Anchor));
        }
    }

    private void SwitchOff(Exception exception)
    {
        _listeners = new ForeignListeners { Failure = exception };
    }

    private StepGap Note(StepGap gap)
    {
        _gaps ??= [];
        if (_gaps.Count == 0)
        {
            // Even a chart beyond the budget knows its last gap.
            _owner.Budget.Take(GapBytes);
        }
        else if (_gaps.Count == MaxGaps || !_owner.Budget.TryTake(GapBytes))
        {
            _gaps.RemoveAt(0);
        }

        _gaps.Add(gap);
        return gap;
    }

    private string SignalText(int signal)
    {
        if (Definition is { } definition && (uint)signal < (uint)definition.Signals.Count)
        {
            return definition.Signals[signal].Name;
        }

        return _names is not null && _names.Signals.TryGet(signal, out var name) ? name : NumberText(signal);
    }

    private string StateText(int state)
    {
        if (Definition is { } definition && (uint)state < (uint)definition.States.Count)
        {
            return definition.States[state].Name;
        }

        return _names is not null && _names.States.TryGet(state, out var name) ? name : NumberText(state);
    }
}
