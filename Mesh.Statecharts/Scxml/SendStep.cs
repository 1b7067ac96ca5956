using Mesh.Statecharts.Engine;
using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary><c>&lt;send&gt;</c>: an event for the chart itself, at once, later, or again and again.</summary>
internal sealed class SendStep(TextPosition position) : ContentStep(position)
{
    /// <summary>The event, when its name stands in the file.</summary>
    public Signal? Signal { get; init; }

    /// <summary>The name of the event otherwise.</summary>
    public CodeText? EventName { get; init; }

    /// <summary>Where to; nothing is the chart itself.</summary>
    public ValueSource? Target { get; init; }

    /// <summary>By which processor.</summary>
    public ValueSource? ProcessorType { get; init; }

    /// <summary>What cancels it.</summary>
    public string? Id { get; init; }

    /// <summary>What gets a new id.</summary>
    public CodeText? IdLocation { get; init; }

    /// <summary>How long it waits.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How long it waits, when that is not known before it runs.</summary>
    public CodeText? DelayCode { get; init; }

    /// <summary>When and how often, for a repeated send.</summary>
    public PostTiming? Timing { get; init; }

    /// <summary>What the event carries.</summary>
    public required EventData Data { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<CodeText> Code => Data.Code
        .Concat(Target?.Code ?? []).Concat(ProcessorType?.Code ?? [])
        .Concat(new[] { EventName, IdLocation, DelayCode }.OfType<CodeText>());

    /// <inheritdoc/>
    public override void Run(ScxmlMemory memory)
    {
        var id = Id;
        if (IdLocation is not null)
        {
            id = memory.NewSendId();
            Location.Assign(IdLocation.Expression, DataValue.Of(id), memory);
        }

        try
        {
            Send(memory, id);
        }
        catch (DataException fault)
        {
            throw new SendException(fault.Message, id);
        }
        catch (InvalidOperationException fault)
        {
            memory.RaiseError(ScxmlSignals.ErrorCommunication, fault.Message, id);
        }
    }

    private void Send(ScxmlMemory memory, string? id)
    {
        RequireProcessor(memory);
        var signal = Signal ?? memory.SignalOf(TextOf(EventName!, memory, "the name of an event"));
        var sent = new Event(signal, Data.Evaluate(memory, isLenient: false));
        var delay = DelayCode is null ? Delay : DelayOf(TextOf(DelayCode, memory, "a delay"));
        var target = Target?.Evaluate(memory).ToString() ?? "";
        if (target == ScxmlNames.InternalTarget)
        {
            if (delay > TimeSpan.Zero)
            {
                throw new DataException("an event for the internal queue cannot be delayed");
            }

            memory.Chart.Raise(sent, id);
        }
        else if (target.Length == 0 || target == ScxmlNames.SessionTarget + memory.SessionId)
        {
            SendToSelf(memory, sent, delay, id);
        }
        else if (target.StartsWith("#_", StringComparison.Ordinal))
        {
            memory.RaiseError(ScxmlSignals.ErrorCommunication, $"'{target}' cannot be reached", id);
        }
        else
        {
            throw new DataException($"'{target}' is no target of a send");
        }
    }

    private void SendToSelf(ScxmlMemory memory, Event sent, TimeSpan delay, string? id)
    {
        if (Timing is not { } timing)
        {
            // A full queue refuses and counts.
            _ = memory.Chart.Send(sent, delay, id);
            return;
        }

        ((IChartInside)memory.Chart).Send(sent, timing, id);
    }

    private void RequireProcessor(ScxmlMemory memory)
    {
        if (ProcessorType is not null && ProcessorType.Evaluate(memory).ToString() is var type
            && !SendTypes.IsOwn(type))
        {
            throw new DataException($"'{type}' is no event processor of this chart");
        }
    }

    private static string TextOf(CodeText code, ScxmlMemory memory, string what)
    {
        var value = code.Expression.Evaluate(memory);
        return value.Kind == DataKind.Text ? value.Text
            : throw new DataException($"{Operators.Describe(value)} is not {what}");
    }

    private static TimeSpan DelayOf(string text) =>
        Duration.TryParse(text, out var delay) ? delay : throw new DataException($"'{text}' is no delay");
}
