using System.Diagnostics.CodeAnalysis;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;

namespace Mesh.Statecharts.Scxml;

/// <summary>A chart that was read from SCXML: immutable, shared by everything that runs it.</summary>
/// <remarks>Each running chart needs a <see cref="ScxmlMemory"/> of its own.</remarks>
/// <example>
/// <code>
/// var file = ScxmlFile.Load("traffic.scxml");
/// await using var light = new ActiveObject&lt;ScxmlMemory&gt;(
///     file.Chart, file.CreateMemory(), TimeProvider.System, file.HostOptions);
/// light.Start();
/// light.PostFifo(light.SignalOf("power"));
/// </code>
/// </example>
public sealed class ScxmlFile
{
    private readonly ParseContext _context;

    private ScxmlFile(SourceText source, Profile? profile)
    {
        _context = new ParseContext(source);
        Tree = ScxmlParser.Parse(XmlItemReader.Read(source), _context, profile);
        var states = TreeChecks.Check(Tree);
        States = states;
        Data = [.. Tree.Root.All.SelectMany(state => state.Data)];
        Chart = ScxmlCompiler.Compile(Tree, states, _context);
    }

    /// <summary>The chart.</summary>
    public Chart<ScxmlMemory> Chart { get; }

    /// <summary>Which meaning it has.</summary>
    public Profile Profile => _context.Profile;

    /// <summary>What the trace calls it: <c>mesh:name</c>, else <c>name</c>; null when the file has neither.</summary>
    public string? TraceName => string.IsNullOrEmpty(Tree.TraceName) ? null : Tree.TraceName;

    /// <summary>Options that host the chart under the name of the file, on the bus that all charts of files share; a
    /// program that wants several buses gives its own: <c>file.HostOptions with { Bus = … }</c>.</summary>
    public HostOptions HostOptions => new() { Name = TraceName, Bus = EventBus.Shared };

    /// <summary>What was read.</summary>
    internal ScxmlTree Tree { get; }

    /// <summary>The states by their names.</summary>
    internal IReadOnlyDictionary<string, StateNode> States { get; }

    /// <summary>The data of the chart and all its states, in document order.</summary>
    internal IReadOnlyList<DataNode> Data { get; }

    /// <summary>The data of the chart itself.</summary>
    internal IReadOnlyList<DataNode> RootData => Tree.Root.Data;

    /// <summary>Whether the data of a state get their values when it is first entered.</summary>
    internal bool IsLate => Tree.IsLate;

    /// <summary>The events that the content of the file makes, with the first place of each.</summary>
    internal IReadOnlyDictionary<string, TextPosition> MadeEvents => _context.MadeEvents;

    /// <summary>Reads a chart from a file.</summary>
    /// <param name="path">The file, at most <see cref="ScxmlLimits.MaxFileBytes"/> of UTF-8.</param>
    /// <param name="profile">The profile to take instead of the file's own.</param>
    /// <returns>The chart.</returns>
    /// <exception cref="ScxmlException">The file is no chart; says why and where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ScxmlFile Load(string path, Profile? profile = null)
    {
        using var stream = File.OpenRead(path);
        return new ScxmlFile(SourceText.Read(stream), profile);
    }

    /// <summary>Reads a chart from a text.</summary>
    /// <param name="text">The content of a file.</param>
    /// <param name="profile">The profile to take instead of the file's own.</param>
    /// <returns>The chart.</returns>
    /// <exception cref="ScxmlException">The text is no chart; says why and where.</exception>
    public static ScxmlFile Parse([StringSyntax(StringSyntaxAttribute.Xml)] string text, Profile? profile = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ScxmlFile(SourceText.Of(text), profile);
    }

    /// <summary>Looks for what is probably wrong, although the chart can run.</summary>
    /// <returns>What was found, in the order of the file; nothing at best.</returns>
    public IReadOnlyList<ChartFinding> Check() => new ChartReview(this).Findings();

    /// <summary>Makes the data of one running chart.</summary>
    /// <returns>The data, for a host of <see cref="Chart"/>.</returns>
    public ScxmlMemory CreateMemory() => new(this);

    /// <summary>The signal of the file of this name, or nothing.</summary>
    internal Signal? SignalOf(string name) =>
        Chart.Definition.TryFindSignal(name, out var number) ? Chart.Code.Signals[number] : null;
}
