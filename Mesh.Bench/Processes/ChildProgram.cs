using Mesh.Bench.Pipeline;

namespace Mesh.Bench.Processes;

/// <summary>The main loop of a child process: a line in, a line out, until the parent closes the pipe.</summary>
internal static class ChildProgram
{
    public static int Run(IReadOnlyList<string> words)
    {
        var settings = ChildSettings.Parse([.. words.Skip(1)]);
        using var role = Create(words[0], settings);
        Console.WriteLine("ready");
        while (Console.ReadLine() is { } line)
        {
            Console.WriteLine(role.Answer(line));
        }

        return 0;
    }

    private static IChildRole Create(string role, ChildSettings settings) => role switch
    {
        nameof(MeshPublisher) => new MeshPublisher(settings),
        nameof(MeshViewer) => new MeshViewer(settings),
        nameof(PlainPublisher) => new PlainPublisher(settings),
        nameof(PlainSubscriber) => new PlainSubscriber(settings),
        nameof(EmptyProgram) => new EmptyProgram(),
        _ => throw new ArgumentException($"there is no role \"{role}\"", nameof(role)),
    };
}
