using System.CommandLine;
using System.CommandLine.Parsing;
using Mesh.Core;
using Mesh.Core.Trust;
using Mesh.Node.Samples;

namespace Mesh.Node.Commands;

/// <summary>The options of <c>meshnode up</c>.</summary>
internal sealed class UpOptions
{
    private const int MaxSessionPort = 65_534;

    private static readonly TimeSpan DefaultPeriod = TimeSpan.FromSeconds(1);

    private readonly Option<string?> _name = new("--name")
    {
        Description = "Name of the node (default: that of the machine)",
        HelpName = "name",
    };

    private readonly Option<SampleChoice[]> _charts = new("--chart")
    {
        Description = "Host a chart: an SCXML file, sample:producer or sample:blinker; may be repeated",
        HelpName = "[name=]chart",
        CustomParser = ParseCharts,
    };

    private readonly Option<string?> _events = new("--events")
    {
        Description = "Signals that the producer is sent, once (default: B A A, over and over)",
        HelpName = "\"B A …\"",
    };

    private readonly DurationOption _period = new("--event-period", "Time between two events (default: 1s)");

    private readonly Option<int?> _port = new("--port")
    {
        Description = "TCP port of sessions, with the next one for frames (default: 21750 or the next free pair)",
        HelpName = "port",
    };

    private readonly Option<string[]> _interfaces = new("--interface")
    {
        Description = "Beacon on this interface only; may be given more than once (default: all)",
        HelpName = "name",
    };

    private readonly Option<string?> _accept = new("--accept")
    {
        Description = "What happens to strangers: they wait, the first one may watch, or all may (default: never)",
        HelpName = "never|once|always",
    };

    private readonly MeshChoice _mesh = new();

    public UpOptions()
    {
        _name.Validators.Add(result => Check(
            result, NodeName.IsValid, "cannot be the name of a node: no spaces, slashes, + or *, 64 bytes at most"));
        _accept.Validators.Add(result => Check(
            result, word => ParseAccept(word) is not null, "is not among never, once, always"));
        _period.Validators.Add(result => Check(
            result, text => !DurationOption.TryParse(text, out var period) || period > TimeSpan.Zero, "is too short"));
        _port.Validators.Add(result => Check(
            result, text => !int.TryParse(text, out var port) || port is > 0 and <= MaxSessionPort, "is no port"));
        _charts.Validators.Add(RefuseTwins);
    }

    /// <summary>Gives the command these options.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_name, _charts, _events, _period, _port, _interfaces, _accept])
        {
            command.Add(option);
        }

        _mesh.AddTo(command);
    }

    /// <summary>The charts to host.</summary>
    public IReadOnlyList<SampleChoice> Charts(ParseResult result) => result.GetValue(_charts) ?? [];

    /// <summary>What happens to strangers.</summary>
    public AcceptMode Accept(ParseResult result) => ParseAccept(result.GetValue(_accept)) ?? AcceptMode.Never;

    /// <summary>How samples behave.</summary>
    public SampleSettings Samples(ParseResult result, string nodeName) => new(
        nodeName,
        result.GetValue(_events)?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries),
        result.GetValue(_period) ?? DefaultPeriod);

    /// <summary>Lays what was given over the options of the node.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="options">What holds otherwise.</param>
    /// <param name="stopToken">Gives up looking for hosts.</param>
    /// <returns>The options.</returns>
    /// <exception cref="MeshException">A host is not known.</exception>
    public async Task<MeshOptions> ApplyAsync(ParseResult result, MeshOptions options, CancellationToken stopToken)
    {
        var chosen = await _mesh.ApplyAsync(result, options, stopToken);
        return chosen with
        {
            Name = result.GetValue(_name) ?? options.Name,
            Port = result.GetValue(_port),
            Interfaces = result.GetValue(_interfaces) ?? [],
            Accept = Accept(result),
        };
    }

    private static AcceptMode? ParseAccept(string? word) => word switch
    {
        "never" => AcceptMode.Never,
        "once" => AcceptMode.Once,
        "always" => AcceptMode.Always,
        _ => null,
    };

    private static SampleChoice[] ParseCharts(ArgumentResult result)
    {
        var choices = new List<SampleChoice>();
        foreach (var token in result.Tokens)
        {
            if (SampleChoice.TryParse(token.Value, out var fault) is { } choice)
            {
                choices.Add(choice);
            }
            else
            {
                result.AddError(fault);
            }
        }

        return [.. choices];
    }

    private static void RefuseTwins(OptionResult result)
    {
        var twin = result.Tokens
            .GroupBy(
                token => SampleChoice.TryParse(token.Value, out _)?.Name,
                token => token.Value[(token.Value.IndexOf('=', StringComparison.Ordinal) + 1)..])
            .FirstOrDefault(group => group.Key is not null && group.Count() > 1);
        if (twin is not null)
        {
            result.AddError($"two charts are named \"{twin.Key}\"; call one of them otherwise: NAME={twin.Last()}");
        }
    }

    private static void Check(OptionResult result, Predicate<string> isGood, string fault)
    {
        if (result.Tokens is [var token] && !isGood(token.Value))
        {
            result.AddError($"\"{token.Value}\" {fault}");
        }
    }
}
