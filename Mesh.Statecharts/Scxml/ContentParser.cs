using System.Globalization;
using Mesh.Statecharts.Expressions;
using Mesh.Statecharts.Hosting;

namespace Mesh.Statecharts.Scxml;

/// <summary>Reads executable content.</summary>
internal sealed class ContentParser(ParseContext context)
{
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["script"] = "<script> is refused: charts run expressions, no scripts",
        ["invoke"] = "<invoke> is refused: a chart starts no other",
    };

    private readonly SendParser _sends = new(context);

    /// <summary>Why an element of SCXML is refused; nothing when it is not.</summary>
    public static string? WhyRefused(XmlItem item) =>
        item.Namespace == ScxmlNames.Scxml ? Refused.GetValueOrDefault(item.Name) : null;

    /// <summary>Reads the elements in an element.</summary>
    public ContentBlock Block(XmlItem item)
    {
        item.RequireNoText();
        return new ContentBlock([.. item.Children.Select(Step)]);
    }

    private ContentStep Step(XmlItem item)
    {
        return item.Namespace == ScxmlNames.Mesh ? MeshStep(item)
            : item.Namespace != ScxmlNames.Scxml ? throw item.Unknown()
            : item.Name switch
            {
                "assign" => Assign(item),
                "cancel" => Cancel(item),
                "foreach" => Foreach(item),
                "if" => If(item),
                "log" => Log(item),
                "raise" => Raise(item),
                "send" => _sends.Send(item),
                _ => throw (WhyRefused(item) is { } why ? new ScxmlException(why, item.Position) : item.Unknown()),
            };
    }

    private ContentStep MeshStep(XmlItem item)
    {
        item.RequireEmpty();
        var attributes = new AttributeReader(item, context);
        ContentStep step = item.Name switch
        {
            "post" => new PostStep(
                item.Position,
                context.EventOf(attributes.Require("event")),
                attributes.TakeWord(attributes.Take("queue"), "fifo", "lifo") == 1),
            "defer" => new DeferStep(
                item.Position, attributes.Take("event") is { } named ? context.EventOf(named) : null),
            "recall" => new RecallStep(item.Position),
            "scribble" => Scribble(item, attributes),
            "cancel" => new CancelEventsStep(
                item.Position, context.EventOf(attributes.Require("event"), isMade: false)),
            "publish" => new PublishStep(
                item.Position,
                context.EventOf(attributes.Require("event"), isMade: false),
                Priority(attributes.Take("priority"))),
            "subscribe" => new SubscribeStep(
                item.Position,
                context.EventOf(attributes.Require("event")),
                attributes.TakeWord(attributes.Take("queue"), "fifo", "lifo") == 1 ? QueueType.Lifo : QueueType.Fifo),
            _ => throw item.Unknown(),
        };
        attributes.Finish();
        return step;
    }

    private int Priority(XmlItemAttribute? attribute)
    {
        return attribute is null ? EventBus.DefaultPriority
            : int.TryParse(attribute.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var priority)
                && priority is >= EventBus.HighestPriority and <= EventBus.LowestPriority ? priority
            : throw context.Fault(
                $"a priority is {EventBus.HighestPriority} (first) to {EventBus.LowestPriority} (last)", attribute, 0);
    }

    private static LogStep Scribble(XmlItem item, AttributeReader attributes)
    {
        var text = attributes.Take("text");
        var value = attributes.TakeExpression("expr");
        return (text is null) != (value is null) ? new LogStep(item.Position, text?.Value, value)
            : throw new ScxmlException("<mesh:scribble> has either 'text' or 'expr'", item.Position);
    }

    private AssignStep Assign(XmlItem item)
    {
        context.RequireData(item);
        var attributes = new AttributeReader(item, context);
        attributes.Require("location");
        attributes = new AttributeReader(item, context);
        var location = attributes.TakeLocation("location")!;
        var value = attributes.TakeExpression("expr");
        attributes.Finish();
        if (value is not null)
        {
            item.RequireEmpty();
            return new AssignStep(item.Position, location, new ValueSource(value));
        }

        return new AssignStep(item.Position, location, item.Inline());
    }

    private CancelStep Cancel(XmlItem item)
    {
        item.RequireEmpty();
        var attributes = new AttributeReader(item, context);
        var id = attributes.Take("sendid");
        var code = attributes.TakeExpression("sendidexpr");
        attributes.Finish();
        return (id is null) != (code is null)
            ? new CancelStep(
                item.Position, code is null ? context.Constant(id!) : new ValueSource(code))
            : throw new ScxmlException("<cancel> has either 'sendid' or 'sendidexpr'", item.Position);
    }

    private ForeachStep Foreach(XmlItem item)
    {
        context.RequireData(item);
        var attributes = new AttributeReader(item, context);
        var array = context.Expression(attributes.Require("array"));
        var each = VariableName(attributes.Require("item"));
        var index = attributes.Take("index") is { } place ? VariableName(place) : null;
        attributes.Finish();
        return new ForeachStep(item.Position, array, Block(item)) { Item = each, Index = index };
    }

    private string VariableName(XmlItemAttribute attribute)
    {
        return ReservedWords.AllowsVariable(attribute.Value) ? attribute.Value
            : throw context.Fault($"'{attribute.Value}' is no name of a variable", attribute, 0);
    }

    private IfStep If(XmlItem item)
    {
        item.RequireNoText();
        var branches = new List<(CodeText? Condition, ContentBlock Block)>();
        var condition = Condition(item);
        var steps = new List<ContentStep>();
        var hasElse = false;
        foreach (var child in item.Children)
        {
            var isElse = child.Is("else");
            if (!isElse && !child.Is("elseif"))
            {
                steps.Add(Step(child));
                continue;
            }

            if (hasElse)
            {
                throw new ScxmlException($"{child.Label} stands behind an <else>", child.Position);
            }

            branches.Add((condition, new ContentBlock(steps)));
            child.RequireEmpty();
            condition = isElse ? null : Condition(child);
            if (isElse)
            {
                new AttributeReader(child, context).Finish();
            }

            hasElse = isElse;
            steps = [];
        }

        branches.Add((condition, new ContentBlock(steps)));
        return new IfStep(item.Position, branches);
    }

    private CodeText Condition(XmlItem item)
    {
        var attributes = new AttributeReader(item, context);
        var condition = context.Condition(attributes.Require("cond"));
        attributes.Finish();
        return condition;
    }

    private LogStep Log(XmlItem item)
    {
        item.RequireEmpty();
        var attributes = new AttributeReader(item, context);
        var step = new LogStep(item.Position, attributes.Take("label")?.Value, attributes.TakeExpression("expr"));
        attributes.Finish();
        return step;
    }

    private RaiseStep Raise(XmlItem item)
    {
        context.RequireScxml("<raise>", item.Position);
        item.RequireEmpty();
        var attributes = new AttributeReader(item, context);
        var step = new RaiseStep(item.Position, context.EventOf(attributes.Require("event")));
        attributes.Finish();
        return step;
    }
}
