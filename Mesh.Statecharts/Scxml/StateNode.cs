using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Scxml;

/// <summary>A state of a file, or the chart itself.</summary>
internal sealed class StateNode(string id, StateKind kind, StateNode? parent, TextPosition position)
{
    /// <summary>Its name.</summary>
    public string Id => id;

    /// <summary>What sort of state it is.</summary>
    public StateKind Kind => kind;

    /// <summary>The state around it; the chart itself for an outermost one, nothing for that.</summary>
    public StateNode? Parent => parent;

    /// <summary>Where it stands.</summary>
    public TextPosition Position => position;

    /// <summary>The states in it.</summary>
    public List<StateNode> Children { get; } = [];

    /// <summary>Its transitions.</summary>
    public List<TransitionNode> Transitions { get; } = [];

    /// <summary>Its data.</summary>
    public List<DataNode> Data { get; } = [];

    /// <summary>Content of its entry, a block for each element.</summary>
    public List<ContentBlock> Entry { get; } = [];

    /// <summary>Content of its exit, a block for each element.</summary>
    public List<ContentBlock> Exit { get; } = [];

    /// <summary>Content of its init, a block for each element.</summary>
    public List<ContentBlock> Init { get; } = [];

    /// <summary>What it reports of its entry; nothing when the file does not catch that.</summary>
    public Report? EntryReport { get; set; }

    /// <summary>What it reports of its exit; nothing when the file does not catch that.</summary>
    public Report? ExitReport { get; set; }

    /// <summary>What it reports of its init; nothing when the file does not catch that.</summary>
    public Report? InitReport { get; set; }

    /// <summary>Which states in it are entered by default.</summary>
    public NameList? Initial { get; set; }

    /// <summary>What runs on the way there.</summary>
    public ContentBlock? InitialContent { get; set; }

    /// <summary>What the event carries that tells that the state around this final one is done.</summary>
    public EventData? DoneData { get; set; }

    /// <summary>Whether it stands for states that were left.</summary>
    public bool IsHistory => kind is StateKind.ShallowHistory or StateKind.DeepHistory;

    /// <summary>This state and all in it, in document order.</summary>
    public IEnumerable<StateNode> All => Children.SelectMany(child => child.All).Prepend(this);

    /// <summary>Whether this state lies in another, at any depth.</summary>
    public bool IsInside(StateNode outer)
    {
        var around = parent;
        while (around is not null && around != outer)
        {
            around = around.Parent;
        }

        return around is not null;
    }
}
