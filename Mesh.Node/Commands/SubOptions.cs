using System.CommandLine;
using Mesh.Core.Foreign;
using Mesh.Node.Output;
using Mesh.Node.Watching;

namespace Mesh.Node.Commands;

/// <summary>The options of <c>meshnode sub</c>.</summary>
internal sealed class SubOptions
{
    private readonly Argument<string[]> _patterns = new("PATTERN")
    {
        Description = "Which charts: pi/producer, pi/... or +/producer (default: all of all trusted nodes)",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _lane = new("--lane")
    {
        Description = "Changes of state, every step, or both (default: trace; both for -o miros)",
        HelpName = "trace|spy|both",
    };

    private readonly Option<int?> _count = new("--count", "-n")
    {
        Description = "End after so many steps, those of all charts together",
        HelpName = "steps",
    };

    private readonly DurationOption _duration = new("--for", "End after this time; 6 if there was no step until then");

    private readonly Option<bool> _history = new("--history")
    {
        Description = "Begin with what the nodes still hold of before",
    };

    public SubOptions()
    {
        _patterns.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !ChartPattern.TryParse(token.Value, out _)))
            {
                result.AddError($"\"{token.Value}\" is no pattern; write node/chart, node/... or +/chart");
            }
        });
        _lane.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Parse(token.Value) is null)
            {
                result.AddError($"\"{token.Value}\" is not among trace, spy, both");
            }
        });
        _count.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var count) && count < 1)
            {
                result.AddError($"\"{token.Value}\" is no number of steps");
            }
        });
    }

    /// <summary>Which mesh, and where to look.</summary>
    public MeshChoice Mesh { get; } = new();

    /// <summary>Gives the command these options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_patterns);
        command.Add(_lane);
        command.Add(_count);
        command.Add(_duration);
        command.Add(_history);
        command.Add(new OutputOption(OutputFormat.Text, OutputFormat.Ndjson, OutputFormat.Miros));
        Mesh.AddTo(command);
    }

    /// <summary>Which charts; none for all.</summary>
    public IReadOnlyList<ChartPattern> Patterns(ParseResult result)
    {
        var patterns = new List<ChartPattern>();
        foreach (var text in result.GetValue(_patterns) ?? [])
        {
            _ = ChartPattern.TryParse(text, out var pattern);
            patterns.Add(pattern);
        }

        return patterns;
    }

    /// <summary>What of each step is wanted.</summary>
    public Lanes Lanes(ParseResult result, OutputFormat format) => Parse(result.GetValue(_lane))
        ?? (format == OutputFormat.Miros ? Watching.Lanes.Both : Watching.Lanes.Trace);

    /// <summary>After how many steps to end; null for never.</summary>
    public int? Count(ParseResult result) => result.GetValue(_count);

    /// <summary>After what time to end; null for never.</summary>
    public TimeSpan? Duration(ParseResult result) => result.GetValue(_duration);

    /// <summary>Whether to begin with what was before.</summary>
    public bool WithHistory(ParseResult result) => result.GetValue(_history);

    private static Lanes? Parse(string? word) => word switch
    {
        "trace" => Watching.Lanes.Trace,
        "spy" => Watching.Lanes.Spy,
        "both" => Watching.Lanes.Both,
        _ => null,
    };
}
