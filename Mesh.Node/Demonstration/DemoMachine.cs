using Mesh.Node.Hosting;
using Mesh.Node.Output;

namespace Mesh.Node.Demonstration;

/// <summary>One machine of the demonstration: a name, a state folder, and the command lines typed there.</summary>
/// <param name="name">What stands before the prompt.</param>
/// <param name="folder">Where everything of the machine is kept.</param>
/// <param name="output">Where command lines and what they print go.</param>
internal sealed class DemoMachine(string name, string folder, CommandOutput output) : IAsyncDisposable
{
    private readonly Dictionary<string, string> _environment = new()
    {
        [StateFolderPath.Variable] = Path.Combine(folder, name),
        ["XDG_RUNTIME_DIR"] = folder,
    };

    private ChildProgram? _node;

    /// <summary>What stands before the prompt.</summary>
    public string Name => name;

    /// <summary>Starts the node and waits until it is ready; it runs until the machine is disposed.</summary>
    /// <param name="arguments">What follows <c>meshnode up</c>.</param>
    /// <param name="stopToken">Gives up.</param>
    /// <exception cref="DemoFailure">It ended instead.</exception>
    public async Task UpAsync(IReadOnlyList<string> arguments, CancellationToken stopToken)
    {
        string[] line = ["up", .. arguments];
        Show(line);
        _node = ChildProgram.Start(_environment, line);
        await foreach (var said in _node.Talk.ReadAllAsync(stopToken))
        {
            Print(said);
            if (said.StartsWith("ready", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new DemoFailure($"{name}: the node did not start");
    }

    /// <summary>Runs a command line to its end.</summary>
    /// <param name="line">What follows <c>meshnode</c>.</param>
    /// <param name="isShown">Whether the command line and its data are printed.</param>
    /// <param name="stopToken">Gives up.</param>
    /// <returns>The lines of its data.</returns>
    /// <exception cref="DemoFailure">It failed.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(
        IReadOnlyList<string> line, bool isShown, CancellationToken stopToken)
    {
        if (isShown)
        {
            Show(line);
        }

        await using var program = ChildProgram.Start(_environment, line);
        var lines = new List<string>();
        await foreach (var data in program.Output.ReadAllAsync(stopToken))
        {
            lines.Add(data);
            if (isShown)
            {
                Print(data);
            }
        }

        if (await program.WaitAsync(stopToken) is not ExitCode.Ok and var exitCode)
        {
            throw new DemoFailure($"{name}: meshnode {string.Join(' ', line)} ended with {(int)exitCode}: "
                + string.Join(' ', await TalkAsync(program, stopToken)));
        }

        return lines;
    }

    /// <summary>Ends the node.</summary>
    /// <returns>A task that completes when it has ended.</returns>
    public ValueTask DisposeAsync() => _node?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<List<string>> TalkAsync(ChildProgram program, CancellationToken stopToken)
    {
        var talk = new List<string>();
        await foreach (var line in program.Talk.ReadAllAsync(stopToken))
        {
            talk.Add(line);
        }

        return talk;
    }

    private static string Quoted(string word) => word.Contains(' ') ? $"\"{word}\"" : word;

    private void Show(IReadOnlyList<string> line) =>
        Print($"{name}$ meshnode {string.Join(' ', line.Select(Quoted))}");

    private void Print(string line)
    {
        output.WriteLine(line);
        output.Flush();
    }
}
