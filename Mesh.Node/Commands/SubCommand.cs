using System.CommandLine;
using System.Globalization;
using Mesh.Core;
using Mesh.Core.Foreign;
using Mesh.Core.Logs;
using Mesh.Node.Hosting;
using Mesh.Node.Output;
using Mesh.Node.Watching;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode sub</c>: what charts do, as they do it.</summary>
internal static class SubCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var options = new SubOptions();
        var command = new Command("sub", "Print what the charts of trusted nodes do, as they do it.");
        options.AddTo(command);
        command.SetAction(async (result, stopToken) => (int)await RunAsync(context, options, result, stopToken));
        return command;
    }

    private static async Task<ExitCode> RunAsync(
        CommandContext context, SubOptions options, ParseResult result, CancellationToken stopToken)
    {
        var launcher = new NodeLauncher(context);
        var asked = options.Mesh.ApplyAsync(result, launcher.Options(MeshRole.Guest), stopToken);
        var withHistory = options.WithHistory(result);
        var chosen = (await asked) with { StartAt = withHistory ? StartMode.History : StartMode.Snapshot };
        await using var node = await launcher.StartAsync(chosen, stopToken);

        var patterns = options.Patterns(result);
        var lanes = options.Lanes(result, context.Output.Format);
        using var feed = new StepFeed(node.View, patterns, lanes, !withHistory, context.Services.Time);
        var hints = new WaitingHints(node, launcher.Owner, patterns, options.Mesh.HasPeers(result));
        foreach (var pattern in patterns.DefaultIfEmpty(ChartPattern.All))
        {
            await node.WatchAsync(pattern.ToString(), stopToken);
        }

        var printing = new NewsPrinting(feed, Printer(context.Output, lanes, patterns), context.Output)
        {
            MaxSteps = options.Count(result),
        };
        return await PrintAsync(context, printing, hints, options.Duration(result), stopToken);
    }

    private static INewsPrinter Printer(CommandOutput output, Lanes lanes, IReadOnlyList<ChartPattern> patterns) =>
        output.Format switch
        {
            OutputFormat.Ndjson => new NdjsonNews(
                output, lanes, [.. patterns.DefaultIfEmpty(ChartPattern.All).Select(pattern => pattern.ToString())]),
            OutputFormat.Miros => new MirosNews(output),
            _ => new TextNews(output, lanes),
        };

    private static async Task<ExitCode> PrintAsync(
        CommandContext context,
        NewsPrinting printing,
        WaitingHints hints,
        TimeSpan? duration,
        CancellationToken stopToken)
    {
        var begin = context.Services.Time.GetTimestamp();
        using var deadline = new CancellationTokenSource(
            duration ?? Timeout.InfiniteTimeSpan, context.Services.Time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopToken, deadline.Token);
        var hinting = hints.RunAsync(context, () => printing.ChartCount, end.Token);
        try
        {
            await printing.RunAsync(end.Token);
        }
        finally
        {
            await end.CancelAsync();
            await hinting;
        }

        var reason = printing.IsComplete ? "count" : stopToken.IsCancellationRequested ? "interrupted" : "time";
        printing.Finish(reason);
        var elapsed = ElapsedText.Of(context.Services.Time.GetElapsedTime(begin));
        context.Output.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"stopped after {elapsed}: {printing.StepCount} steps, {printing.LostCount} lost"));
        return reason == "time" && printing.StepCount == 0 ? ExitCode.Timeout : ExitCode.Ok;
    }
}
