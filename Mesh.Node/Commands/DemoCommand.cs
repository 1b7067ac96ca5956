using System.CommandLine;
using Mesh.Node.Demonstration;
using Mesh.Node.Output;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode demo</c>: two nodes on this machine that find, trust and watch each other.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(120);

    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("demo", "Show on this machine how two nodes find, trust and watch each other.");
        command.SetAction(async (_, stopToken) => (int)await RunAsync(context, stopToken));
        return command;
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, CancellationToken stopToken)
    {
        var begin = context.Services.Time.GetTimestamp();
        var folder = Directory.CreateTempSubdirectory("mesh-demo-");
        using var deadline = new CancellationTokenSource(MaxDuration, context.Services.Time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopToken, deadline.Token);
        try
        {
            // The name of the folder is random, so other demonstrations on this machine are other meshes.
            await using var producer = new DemoMachine("pi", folder.FullName, context.Output);
            await using var observer = new DemoMachine("observer", folder.FullName, context.Output);
            var stage = new DemoStage(producer, observer, context.Output);
            var isEqual = await stage.PlayAsync(folder.Name, end.Token);
            context.Output.Flush();
            context.Output.Note($"done in {ElapsedText.Of(context.Services.Time.GetElapsedTime(begin))}");
            return isEqual ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (DemoFailure failure)
        {
            return context.Output.Fail(ExitCode.Failed, failure.Message);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return context.Output.Fail(ExitCode.Timeout, $"the demo did not end in {ElapsedText.Of(MaxDuration)}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
