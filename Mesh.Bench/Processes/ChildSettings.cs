using System.Globalization;

namespace Mesh.Bench.Processes;

/// <summary>What a child process is told at its start. Not every role looks at everything.</summary>
internal sealed record ChildSettings
{
    /// <summary>A folder of its own.</summary>
    public required string Folder { get; init; }

    /// <summary>The file of the <see cref="SharedCounters"/>.</summary>
    public required string Counters { get; init; }

    /// <summary>Where the publisher listens.</summary>
    public int Port { get; init; }

    /// <summary>Which viewer it is.</summary>
    public int Viewer { get; init; }

    /// <summary>How many viewers there are.</summary>
    public int Viewers { get; init; } = 1;

    /// <summary>How many charts are published.</summary>
    public int Charts { get; init; } = 1;

    /// <summary>What a publisher publishes.</summary>
    public FeedKind Feed { get; init; } = FeedKind.Records;

    /// <summary>Whether frames are sealed and signed.</summary>
    public bool IsSealed { get; init; } = true;

    /// <summary>Share of the published frames that is lost, in percent.</summary>
    public int LossPercent { get; init; }

    /// <summary>Size of a message, or of a frame, in bytes.</summary>
    public int MessageBytes { get; init; }

    /// <summary>The settings as words of a command line.</summary>
    public IReadOnlyList<string> Words =>
    [
        Folder, Counters, Text(Port), Text(Viewer), Text(Viewers), Text(Charts), Feed.ToString(),
        IsSealed.ToString(), Text(LossPercent), Text(MessageBytes),
    ];

    /// <summary>Reads <see cref="Words"/>.</summary>
    public static ChildSettings Parse(IReadOnlyList<string> words) => new()
    {
        Folder = words[0],
        Counters = words[1],
        Port = Number(words[2]),
        Viewer = Number(words[3]),
        Viewers = Number(words[4]),
        Charts = Number(words[5]),
        Feed = Enum.Parse<FeedKind>(words[6]),
        IsSealed = bool.Parse(words[7]),
        LossPercent = Number(words[8]),
        MessageBytes = Number(words[9]),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
