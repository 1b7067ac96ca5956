using System.CommandLine;
using Mesh.Core;
using Mesh.Node.Hosting;
using Mesh.Node.Output;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode invite</c>: a code by which one other node joins.</summary>
internal static class InviteCommand
{
    private static readonly TimeSpan DefaultLife = TimeSpan.FromMinutes(10);

    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var life = new DurationOption("--ttl", "How long the code can be used (default: 10m)");
        life.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && DurationOption.TryParse(token.Value, out var given)
                && (given < MeshNode.MinInviteLife || given > MeshNode.MaxInviteLife))
            {
                result.AddError($"\"{token.Value}\" is out of range: 1s to {MeshNode.MaxInviteLife.TotalHours:0}h");
            }
        });
        var rights = new RightsOption("What the other node may do here");
        var command = new Command("invite", "Print a code with which one other node can join, once.")
        {
            life,
            rights,
            new OutputOption(OutputFormat.Text, OutputFormat.Json),
        };
        command.SetAction(async (result, stopToken) =>
            (int)await RunAsync(context, result.GetValue(life) ?? DefaultLife, rights, result, stopToken));
        return command;
    }

    private static async Task<ExitCode> RunAsync(
        CommandContext context, TimeSpan life, RightsOption rights, ParseResult result, CancellationToken stopToken)
    {
        var launcher = new NodeLauncher(context);
        var code = await launcher.Owner.InviteAsync(life, rights.Read(result), stopToken);
        if (code is null)
        {
            return context.Output.Fail(ExitCode.NoDaemon, NodeHints.NotRunning);
        }

        if (context.Output.IsJson)
        {
            context.Output.WriteJson("mesh.invite/1", json =>
            {
                json.WriteString("code", code);
                json.WriteNumber("ttlMs", life.TotalMilliseconds);
            });
            return ExitCode.Ok;
        }

        context.Output.Note($"on the other machine, within {ElapsedText.Of(life)}, once: meshnode join CODE");
        context.Output.WriteLine(code);
        return ExitCode.Ok;
    }
}
