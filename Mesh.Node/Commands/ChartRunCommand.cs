using System.CommandLine;
using System.Text;
using Mesh.Node.Charts;
using Mesh.Node.Output;
using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Scxml;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode charts run</c>: a chart from a file, on a virtual clock.</summary>
internal static class ChartRunCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "An SCXML file; with -o json-lines a request can name it later",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var events = new Option<string?>("--events")
        {
            Description = "Events to run one after another, such as \"A B A\"",
            HelpName = "NAMES",
        };
        var profile = new Option<string?>("--profile")
        {
            Description = "What the chart means, whatever the file says",
            HelpName = "samek|scxml",
        };
        profile.AcceptOnlyFromAmong("samek", "scxml");
        var command = new Command("run", "Run a chart from a file and print its spy, or serve a program line by line.")
        {
            file,
            events,
            profile,
            new OutputOption(OutputFormat.Text, OutputFormat.Json, OutputFormat.JsonLines),
        };
        command.SetAction(async (result, stopToken) => (int)await RunAsync(
            context, result.GetValue(file), result.GetValue(events), ProfileOf(result.GetValue(profile)), stopToken));
        return command;
    }

    private static async Task<ExitCode> RunAsync(
        CommandContext context, string? path, string? events, Profile? profile, CancellationToken stopToken)
    {
        var isForProgram = context.Output.Format == OutputFormat.JsonLines;
        if (path is null && !isForProgram)
        {
            return context.Output.Fail(ExitCode.Usage, "name a file. See `meshnode charts run --help`.");
        }

        ScxmlFile? file = null;
        if (path is not null
            && ChartFileReading.TryRead(context.Output, path, profile, out file) is var ending and not ExitCode.Ok)
        {
            return ending;
        }

        return isForProgram
            ? await ServeAsync(context, file, stopToken)
            : Print(context.Output, new ChartRun(file!), events ?? "");
    }

    private static async Task<ExitCode> ServeAsync(
        CommandContext context, ScxmlFile? file, CancellationToken stopToken)
    {
        var runner = new LineRunner(context.Output);
        if (file is not null)
        {
            runner.Load(file);
        }

        using var input = new StreamReader(context.Services.Input, Encoding.UTF8);
        await runner.RunAsync(input, stopToken);
        return ExitCode.Ok;
    }

    private static ExitCode Print(CommandOutput output, ChartRun run, string events)
    {
        var names = events.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (Array.Find(names, StateSignals.Contains) is { } inner)
        {
            return output.Fail(ExitCode.Usage, $"--events: \"{inner}\" is a signal of the engine");
        }

        var isIdle = run.RunUntilIdle();
        foreach (var name in names)
        {
            if (!isIdle || run.IsDone || run.Fault is not null)
            {
                break;
            }

            run.Post(name, null, isLifo: false);
            isIdle = run.RunUntilIdle();
        }

        if (output.IsJson)
        {
            output.WriteJson("mesh.chart-run/1", json =>
            {
                json.WriteStrings("config", run.Configuration);
                json.WriteBoolean("done", run.IsDone);
                json.WriteStrings("spy", run.Spy());
                json.WriteStrings("trace", run.Trace());
            });
        }
        else
        {
            foreach (var line in run.Spy())
            {
                output.WriteLine(line);
            }
        }

        return run.Fault is { } fault ? output.Fail(ExitCode.Failed, fault)
            : isIdle ? ExitCode.Ok
            : output.Fail(ExitCode.Failed, $"the chart is not idle after {ChartRun.MaxSteps} steps");
    }

    private static Profile? ProfileOf(string? word) => word switch
    {
        "samek" => Profile.Samek,
        "scxml" => Profile.Scxml,
        _ => null,
    };
}
