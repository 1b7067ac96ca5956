using System.CommandLine;
using System.CommandLine.Parsing;
using Mesh.Core;
using Mesh.Node.Commands;
using Mesh.Node.Output;

namespace Mesh.Node;

/// <summary>Runs one command line, in the process or in a test.</summary>
internal static class MeshNodeProgram
{
    /// <summary>Parses the arguments, runs the command and makes an exit code of whatever happens.</summary>
    /// <param name="arguments">The command line without the program's name.</param>
    /// <param name="services">The machine around the program.</param>
    /// <returns>How it ended. Nothing is thrown.</returns>
    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, ProgramServices services)
    {
        var output = new CommandOutput(services);
        try
        {
            var exitCode = await RunCommandAsync(arguments, new CommandContext(services, output));
            output.Flush();
            return exitCode;
        }
        catch (MeshException fault)
        {
            return output.Fail(ExitCodeOf(fault.Failure), fault.Message);
        }
        catch (OutputClosedException)
        {
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (services.StopToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception fault)
        {
            return output.Fail(ExitCode.Failed, fault.Message);
        }
    }

    /// <summary>The exit code of an obstacle that a library reported.</summary>
    /// <param name="failure">Its kind.</param>
    internal static ExitCode ExitCodeOf(MeshFailure failure) => failure switch
    {
        MeshFailure.Setup => ExitCode.Usage,
        MeshFailure.Address or MeshFailure.Owned => ExitCode.Address,
        MeshFailure.NoOwner => ExitCode.NoDaemon,
        MeshFailure.NotFound => ExitCode.NotFound,
        MeshFailure.NotTrusted => ExitCode.NotTrusted,
        MeshFailure.Timeout => ExitCode.Timeout,
        MeshFailure.Version => ExitCode.Version,
        _ => ExitCode.Failed,
    };

    private static async Task<ExitCode> RunCommandAsync(IReadOnlyList<string> arguments, CommandContext context)
    {
        // Response files are off: "@name" is data here, and would be read as a file of arguments otherwise.
        var parsing = new ParserConfiguration { ResponseFileTokenReplacer = null };
        var result = CommandTree.Create(context).Parse(arguments, parsing);
        SetUpOutput(context.Output, result);

        if (UsageError.Describe(result) is { } fault)
        {
            return context.Output.Fail(ExitCode.Usage, fault);
        }

        await using var help = new OutputTextWriter(context.Output);
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = help,
            Error = help,

            // Signals are listened to by the process, which also tells SIGINT from SIGTERM and ends what does not end.
            ProcessTerminationTimeout = null,
        };
        return (ExitCode)await result.InvokeAsync(invocation, context.Services.StopToken);
    }

    // Looks at the text, because the value of an option cannot be asked for when the line has a fault.
    private static void SetUpOutput(CommandOutput output, ParseResult result)
    {
        if (result.CommandResult.Command.Options.OfType<OutputOption>().FirstOrDefault() is { } option
            && result.GetResult(option) is { } given)
        {
            output.Format = option.Read(given);
        }

        output.IsQuiet = IsGiven(result, "--quiet");
        output.IsVerbose = IsGiven(result, "--verbose");
    }

    // A switch that was left away has a result as well, an implicit one.
    private static bool IsGiven(ParseResult result, string name) =>
        result.GetResult(name) is OptionResult { Implicit: false };
}
