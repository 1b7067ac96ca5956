using System.CommandLine;
using Mesh.Core;
using Mesh.Node.Hosting;
using Mesh.Node.Output;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode join</c>: redeems a code; both nodes then trust each other.</summary>
internal static class JoinCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var code = new Argument<string>("CODE") { Description = "What `meshnode invite` printed on the other machine" };
        var command = new Command("join", "Join the node that printed a code; both then trust each other.")
        {
            code,
            new OutputOption(OutputFormat.Text, OutputFormat.Json),
        };
        command.SetAction(async (result, stopToken) =>
            (int)await RunAsync(context, result.GetValue(code)!, stopToken));
        return command;
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, string code, CancellationToken stopToken)
    {
        var launcher = new NodeLauncher(context);
        var inviter = await launcher.Owner.JoinAsync(code, stopToken)
            ?? await JoinAsGuestAsync(launcher, code, stopToken);
        PeerList.PrintChange(context.Output, inviter, "accepted both ways");
        context.Output.Note("next: meshnode sub");
        return ExitCode.Ok;
    }

    private static async Task<PeerStatus> JoinAsGuestAsync(
        NodeLauncher launcher, string code, CancellationToken stopToken)
    {
        await using var guest = await launcher.StartAsync(launcher.Options(MeshRole.Guest), stopToken);
        return await guest.JoinAsync(code, stopToken);
    }
}
