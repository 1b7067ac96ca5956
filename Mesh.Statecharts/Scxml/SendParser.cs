using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary>Reads <c>&lt;send&gt;</c>, and what events carry.</summary>
internal sealed class SendParser(ParseContext context)
{
    /// <summary>Reads a send.</summary>
    public SendStep Send(XmlItem item)
    {
        var attributes = new AttributeReader(item, context);
        var signal = attributes.Take("event") is { } named ? context.EventOf(named) : null;
        var eventName = attributes.TakeExpression("eventexpr");
        var delay = attributes.Take("delay");
        var delayCode = attributes.TakeExpression("delayexpr");
        var id = attributes.Take("id")?.Value;
        var idLocation = attributes.TakeLocation("idlocation");
        RequireOneAtMost(item, "event", "eventexpr");
        RequireOneAtMost(item, "delay", "delayexpr");
        RequireOneAtMost(item, "id", "idlocation");
        if (signal is null && eventName is null)
        {
            throw new ScxmlException("<send> has no event", item.Position);
        }

        var step = new SendStep(item.Position)
        {
            Signal = signal,
            EventName = eventName,
            Target = Source(item, attributes, "target", "targetexpr"),
            ProcessorType = TypeOf(item, attributes),
            Id = id,
            IdLocation = idLocation,
            Delay = delay is null ? TimeSpan.Zero : DelayOf(delay),
            DelayCode = delayCode,
            Timing = Timing(item, attributes, delay is not null || delayCode is not null),
            Data = Data(item, attributes),
        };
        attributes.Finish();
        return step;
    }

    /// <summary>Reads <c>&lt;donedata&gt;</c>.</summary>
    public EventData DoneData(XmlItem item)
    {
        var attributes = new AttributeReader(item, context);
        attributes.Finish();
        return Data(item, null);
    }

    private static PostTiming? TimingOf(TimeSpan? period, int? times, int? deferred) =>
        period is { } length ? new PostTiming(length, times ?? 0, deferred != 1) : null;

    private static PostTiming? Timing(XmlItem item, AttributeReader attributes, bool hasDelay)
    {
        var period = attributes.TakeMeshDuration("period");
        var times = attributes.TakeMeshCount("times");
        var deferred = attributes.TakeWord(attributes.TakeMesh("deferred"), "true", "false");
        if (period is null && (times is not null || deferred is not null))
        {
            throw new ScxmlException("mesh:times and mesh:deferred need mesh:period", item.Position);
        }

        return period is null || !hasDelay ? TimingOf(period, times, deferred)
            : throw new ScxmlException("<send> has either a delay or mesh:period", item.Position);
    }

    private ValueSource? Source(XmlItem item, AttributeReader attributes, string name, string codeName)
    {
        RequireOneAtMost(item, name, codeName);
        return attributes.Take(name) is { } attribute ? context.Constant(attribute)
            : attributes.TakeExpression(codeName) is { } code ? new ValueSource(code)
            : null;
    }

    private ValueSource? TypeOf(XmlItem item, AttributeReader attributes)
    {
        var type = item.Attributes.Find(each => each.Name == "type" && each.Namespace == "");
        return type is null || !SendTypes.IsHttp(type.Value) ? Source(item, attributes, "type", "typeexpr")
            : throw context.Fault($"sending by HTTP ('{type.Value}') is refused: a chart sends to itself", type, 0);
    }

    private TimeSpan DelayOf(XmlItemAttribute attribute)
    {
        return Duration.TryParse(attribute.Value, out var delay) ? delay
            : throw context.Fault("a delay is a number and ms, s, m, h or d, such as '500ms'", attribute, 0);
    }

    private static void RequireOneAtMost(XmlItem item, string first, string second)
    {
        if (item.Attributes.Exists(each => each.Name == first && each.Namespace == "")
            && item.Attributes.Find(each => each.Name == second && each.Namespace == "") is { } other)
        {
            throw new ScxmlException($"{item.Label} has both '{first}' and '{second}'", other.Position);
        }
    }

    private EventData Data(XmlItem item, AttributeReader? attributes)
    {
        item.RequireNoText();
        var members = new List<KeyValuePair<string, CodeText>>();
        if (attributes?.Take("namelist") is { } names)
        {
            foreach (var (name, position) in NameList.Of(names, context).Entries)
            {
                members.Add(KeyValuePair.Create(name, Named(name, position)));
            }
        }

        ValueSource? content = null;
        foreach (var child in item.Children)
        {
            if (child.Is("param"))
            {
                members.Add(Param(child));
            }
            else if (child.Is("content") && content is null)
            {
                content = Content(child);
            }
            else
            {
                throw child.Unknown();
            }
        }

        return content is null || members.Count == 0 ? new EventData { Content = content, Members = members }
            : throw new ScxmlException($"{item.Label} has both <content> and names or <param>", item.Position);
    }

    private static CodeText Named(string name, TextPosition position)
    {
        try
        {
            return new CodeText(ExpressionParser.ParseLocation(name), name, position);
        }
        catch (ExpressionException fault)
        {
            throw new ScxmlException($"'namelist': {fault.Message}", position);
        }
    }

    private KeyValuePair<string, CodeText> Param(XmlItem item)
    {
        context.RequireData(item);
        item.RequireEmpty();
        var attributes = new AttributeReader(item, context);
        var name = attributes.Require("name").Value;
        RequireOneAtMost(item, "expr", "location");
        var value = attributes.TakeExpression("expr") ?? attributes.TakeLocation("location")
            ?? throw new ScxmlException("<param> has neither 'expr' nor 'location'", item.Position);
        attributes.Finish();
        return KeyValuePair.Create(name, value);
    }

    private ValueSource Content(XmlItem item)
    {
        context.RequireData(item);
        var attributes = new AttributeReader(item, context);
        var code = attributes.TakeExpression("expr");
        attributes.Finish();
        if (code is null)
        {
            return item.Inline();
        }

        item.RequireEmpty();
        return new ValueSource(code);
    }
}
