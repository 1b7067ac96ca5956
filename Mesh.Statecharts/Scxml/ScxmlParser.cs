using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary>Reads the states and transitions of a file.</summary>
internal sealed class ScxmlParser
{
    private readonly ParseContext _context;
    private readonly ContentParser _content;
    private int _namelessCount;

    private ScxmlParser(ParseContext context)
    {
        _context = context;
        _content = new ContentParser(context);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="item">Its root.</param>
    /// <param name="context">Told the profile and data model of the file.</param>
    /// <param name="profile">The profile to take instead of the file's own.</param>
    /// <exception cref="ScxmlException">It is no chart.</exception>
    public static ScxmlTree Parse(XmlItem item, ParseContext context, Profile? profile)
    {
        if (!item.Is("scxml"))
        {
            throw new ScxmlException($"the root is not <scxml> of {ScxmlNames.Scxml}", item.Position);
        }

        return new ScxmlParser(context).Root(item, profile);
    }

    private ScxmlTree Root(XmlItem item, Profile? profile)
    {
        var attributes = new AttributeReader(item, _context);
        var own = attributes.TakeWord(attributes.TakeMesh("profile"), "samek", "scxml");
        _context.Profile = profile ?? (own == 0 ? Profile.Samek : Profile.Scxml);
        if (attributes.Take("version") is { Value: not "1.0" } version)
        {
            throw _context.Fault($"version '{version.Value}' is not 1.0", version, 0);
        }

        _context.DataModel = DataModelOf(attributes.Take("datamodel"));
        var root = new StateNode("", StateKind.Ordinary, null, item.Position)
        {
            Initial = attributes.Take("initial") is { } initial ? NameList.Of(initial, _context) : null,
        };
        var binding = attributes.Take("binding");
        var name = NameOf(attributes.Take("name"));
        var tree = new ScxmlTree(root)
        {
            Name = name,
            TraceName = NameOf(attributes.TakeMesh("name")) ?? name,
            IsLate = attributes.TakeWord(binding, "early", "late") == 1,
            Style = attributes.TakeWord(attributes.TakeMesh("style"), "flat", "factory") == 1
                ? ChartStyle.Factory : ChartStyle.Flat,
        };
        attributes.Finish();
        ReadChildren(root, item);
        return root.Children.Count > 0 ? tree : throw new ScxmlException("the chart has no state", item.Position);
    }

    private string? NameOf(XmlItemAttribute? attribute)
    {
        return attribute is null || attribute.Value.Length <= ChartLimits.MaxNameBytes ? attribute?.Value
            : throw _context.Fault($"the name has more than {ChartLimits.MaxNameBytes} characters", attribute, 0);
    }

    private DataModel DataModelOf(XmlItemAttribute? attribute) => attribute?.Value switch
    {
        null or "mesh" or "ecmascript" => DataModel.Expressions,
        "null" => DataModel.None,
        var other => throw _context.Fault(
            $"data model '{other}' is not one of: mesh, null (and ecmascript, as far as it is the same)", attribute, 0),
    };

    private void ReadChildren(StateNode state, XmlItem item)
    {
        item.RequireNoText();
        foreach (var child in item.Children)
        {
            if (child.IsMesh("oninit") && state.Parent is not null)
            {
                _context.RequireSamek("<mesh:oninit>", child.Position);
                state.InitReport = Handler(child, state.Init, state.InitReport);
            }
            else if (child.Namespace != ScxmlNames.Scxml || !TryRead(state, child))
            {
                throw ContentParser.WhyRefused(child) is { } why ? new ScxmlException(why, child.Position)
                    : child.Unknown();
            }
        }
    }

    // What may stand where: SCXML 3.2 to 3.11.
    private bool TryRead(StateNode state, XmlItem child)
    {
        var isRoot = state.Parent is null;
        var isFinal = state.Kind == StateKind.Final;
        var isParallel = state.Kind == StateKind.Parallel;
        switch (child.Name)
        {
            case "state" when !isFinal:
                State(child, StateKind.Ordinary, state);
                return true;
            case "parallel" when !isFinal:
                State(child, StateKind.Parallel, state);
                return true;
            case "final" when !isFinal && !isParallel:
                State(child, StateKind.Final, state);
                return true;
            case "history" when !isFinal && !isRoot:
                History(child, state);
                return true;
            case "initial" when !isRoot && !isFinal && !isParallel:
                Initial(child, state);
                return true;
            case "transition" when !isRoot && !isFinal:
                state.Transitions.Add(Transition(child));
                return true;
            case "onentry" when !isRoot:
                state.EntryReport = Handler(child, state.Entry, state.EntryReport);
                return true;
            case "onexit" when !isRoot:
                state.ExitReport = Handler(child, state.Exit, state.ExitReport);
                return true;
            case "datamodel" when !isFinal:
                Data(child, state);
                return true;
            case "donedata" when isFinal && state.DoneData is null:
                state.DoneData = new SendParser(_context).DoneData(child);
                return true;
            default:
                return false;
        }
    }

    private void State(XmlItem item, StateKind kind, StateNode parent)
    {
        if (kind != StateKind.Ordinary)
        {
            _context.RequireScxml(item.Label, item.Position);
        }

        var attributes = new AttributeReader(item, _context);
        var state = new StateNode(IdOf(item, attributes), kind, parent, item.Position);
        if (kind == StateKind.Ordinary && attributes.Take("initial") is { } initial)
        {
            state.Initial = NameList.Of(initial, _context);
        }

        attributes.Finish();
        parent.Children.Add(state);
        if (DepthOf(state) > ChartLimits.MaxDepth)
        {
            throw new ScxmlException($"states lie deeper than {ChartLimits.MaxDepth}", item.Position);
        }

        ReadChildren(state, item);
    }

    private static int DepthOf(StateNode state)
    {
        var depth = 0;
        for (var outer = state.Parent; outer is not null; outer = outer.Parent)
        {
            depth++;
        }

        return depth;
    }

    private string IdOf(XmlItem item, AttributeReader attributes)
    {
        if (attributes.Take("id") is not { } id)
        {
            return $"{item.Name}.{++_namelessCount}";
        }

        return id.Value.Length > 0 && !id.Value.AsSpan().ContainsAny(" \t\r\n,") ? id.Value
            : throw _context.Fault($"'{id.Value}' is no name of a state", id, 0);
    }

    private void History(XmlItem item, StateNode parent)
    {
        _context.RequireScxml("<history>", item.Position);
        item.RequireNoText();
        var attributes = new AttributeReader(item, _context);
        var isDeep = attributes.TakeWord(attributes.Take("type"), "shallow", "deep") == 1;
        var kind = isDeep ? StateKind.DeepHistory : StateKind.ShallowHistory;
        var history = new StateNode(IdOf(item, attributes), kind, parent, item.Position);
        attributes.Finish();
        parent.Children.Add(history);
        history.Transitions.Add(OnlyTransition(item));
    }

    private void Initial(XmlItem item, StateNode state)
    {
        item.RequireNoText();
        new AttributeReader(item, _context).Finish();
        if (state.Initial is not null)
        {
            throw new ScxmlException($"state '{state.Id}' has two initial states", item.Position);
        }

        var transition = OnlyTransition(item);
        state.Initial = transition.Targets;
        state.InitialContent = transition.Content;
    }

    // Of an initial or a history: one, with a target, without event and condition.
    private TransitionNode OnlyTransition(XmlItem item)
    {
        if (item.Children is not [var child] || !child.Is("transition"))
        {
            throw item.Children.Find(each => !each.Is("transition")) is { } other ? other.Unknown()
                : new ScxmlException(
                    $"{item.Label} has {item.Children.Count} transitions instead of one", item.Position);
        }

        var transition = ReadTransition(child);
        return transition is { Events: null, Condition: null, Targets: not null } ? transition
            : throw new ScxmlException(
                $"the transition of {item.Label} has a target and neither event nor condition", child.Position);
    }

    private TransitionNode Transition(XmlItem item)
    {
        var transition = ReadTransition(item);
        if (transition is { Events: null, Condition: null, Targets: null })
        {
            throw new ScxmlException("the transition has neither event, condition nor target", item.Position);
        }

        if (transition.Events is null)
        {
            _context.RequireScxml("a transition without an event", item.Position);
        }

        return transition;
    }

    private TransitionNode ReadTransition(XmlItem item)
    {
        var attributes = new AttributeReader(item, _context);
        var events = attributes.Take("event") is { } names ? EventNames(names) : null;
        var targets = attributes.Take("target") is { } target ? NameList.Of(target, _context) : null;
        var condition = attributes.Take("cond") is { } cond ? _context.Condition(cond) : null;
        var type = attributes.TakeWord(attributes.Take("type"), "external", "internal");
        var report = attributes.TakeReports();
        attributes.Finish();
        if (report is not null && targets is not null)
        {
            throw new ScxmlException("mesh:reports is for transitions without a target", item.Position);
        }

        if (targets is { Names.Count: > 1 })
        {
            _context.RequireScxml("a transition to several states", item.Position);
        }

        return new TransitionNode(item.Position)
        {
            Events = events,
            Condition = condition,
            Targets = targets,
            IsInternal = type == 1,
            Report = report ?? Report.Handled,
            Content = _content.Block(item),
        };
    }

    private NameList EventNames(XmlItemAttribute attribute)
    {
        var names = NameList.Of(attribute, _context);
        foreach (var (name, position) in names.Entries)
        {
            if (_context.IsSamek ? InnerSignals.Contains(name) || name.Contains('*') : !IsDescriptor(name))
            {
                throw new ScxmlException($"'{name}' is no name of an event", position);
            }
        }

        return names;
    }

    private static bool IsDescriptor(string text)
    {
        var name = EventDescriptor.Normalise(text);
        return name == EventDescriptor.Any
            || !(name.Length == 0 || name.Contains('*') || name.StartsWith('.') || name.EndsWith('.')
                || name.Contains("..", StringComparison.Ordinal) || InnerSignals.Contains(name));
    }

    private Report Handler(XmlItem item, List<ContentBlock> blocks, Report? before)
    {
        var attributes = new AttributeReader(item, _context);
        var report = attributes.TakeReports() ?? Report.Handled;
        attributes.Finish();
        if (before is { } other && other != report)
        {
            throw new ScxmlException($"two {item.Label} of one state report different things", item.Position);
        }

        blocks.Add(_content.Block(item));
        return report;
    }

    private void Data(XmlItem item, StateNode state)
    {
        _context.RequireData(item);
        item.RequireNoText();
        new AttributeReader(item, _context).Finish();
        foreach (var child in item.Children)
        {
            if (!child.Is("data"))
            {
                throw child.Unknown();
            }

            state.Data.Add(DataOf(child));
        }
    }

    private DataNode DataOf(XmlItem item)
    {
        var attributes = new AttributeReader(item, _context);
        var id = attributes.Require("id");
        if (!ReservedWords.AllowsVariable(id.Value) || id.Value.StartsWith('_'))
        {
            throw _context.Fault($"'{id.Value}' is no name of a variable", id, 0);
        }

        if (attributes.Take("src") is { } source)
        {
            throw new ScxmlException("references to other files are refused", source.Position);
        }

        var code = attributes.TakeExpression("expr");
        attributes.Finish();
        if (code is not null)
        {
            item.RequireEmpty();
            return new DataNode(id.Value, new ValueSource(code), item.Position);
        }

        var isEmpty = item.Children.Count == 0 && string.IsNullOrWhiteSpace(item.Text);
        return new DataNode(id.Value, isEmpty ? null : item.Inline(), item.Position);
    }
}
