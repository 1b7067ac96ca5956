using System.CommandLine;
using Mesh.Core;
using Mesh.Core.Foreign;
using Mesh.Core.Logs;
using Mesh.Node.Hosting;
using Mesh.Node.Watching;

namespace Mesh.Node.Commands;

/// <summary>Reads one chart for a command that prints it once.</summary>
internal static class ChartReading
{
    /// <summary>Reads what a chart did up to now.</summary>
    /// <param name="context">The machine around the command.</param>
    /// <param name="mesh">Which mesh, and where to look.</param>
    /// <param name="result">The parsed command line.</param>
    /// <param name="address">Which chart.</param>
    /// <param name="needsSpy">Whether the trace alone is not enough.</param>
    /// <returns>The chart.</returns>
    /// <exception cref="MeshException">Unknown, not trusted, or no answer.</exception>
    public static async Task<ForeignHsm> ReadAsync(
        CommandContext context, MeshChoice mesh, ParseResult result, ChartAddress address, bool needsSpy)
    {
        var stopToken = context.Services.StopToken;
        var launcher = new NodeLauncher(context);
        var options = await mesh.ApplyAsync(result, launcher.Options(MeshRole.Guest), stopToken);
        var isOwnerThere = await launcher.Owner.StatusAsync(stopToken) is not null;
        await using var node = await launcher.StartAsync(options with { StartAt = StartMode.History }, stopToken);
        return await new ChartGathering(node, isOwnerThere)
            .ReadAsync(address, needsSpy, context.Services.Time, stopToken);
    }

    /// <summary>The argument that names one chart.</summary>
    public static Argument<ChartAddress> Argument() => new("NODE/CHART")
    {
        Description = "Which chart, like pi/producer",
        CustomParser = result =>
        {
            var address = ChartAddress.TryParse(result.Tokens[0].Value);
            if (address is null)
            {
                result.AddError($"\"{result.Tokens[0].Value}\" is no chart; write node/chart, like pi/producer");
            }

            return address;
        },
    };
}
