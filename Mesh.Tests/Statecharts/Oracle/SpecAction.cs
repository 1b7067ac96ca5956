using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>One instruction of a handler, readable as text.</summary>
/// <remarks>
/// <code>
/// scribble TEXT          post-fifo SIGNAL    post-lifo SIGNAL    defer SIGNAL    recall
/// set VARIABLE NUMBER    add VARIABLE NUMBER                     remember SLOT   cancel SLOT
/// timed-fifo SIGNAL SLOT TIMES PERIOD_MS (deferred|now)          timed-lifo ..   subscribe SIGNAL   publish SIGNAL
/// </code>
/// </remarks>
[JsonConverter(typeof(SpecActionConverter))]
internal sealed record SpecAction(SpecActionKind Kind, string Text = "")
{
    /// <summary>The number of <c>set</c> and <c>add</c>; the times (0: for ever) of a timed post.</summary>
    public int Number { get; init; }

    /// <summary>The name under which a timed post is remembered.</summary>
    public string Slot { get; init; } = "";

    /// <summary>The period of a timed post, in milliseconds.</summary>
    public int PeriodMs { get; init; }

    /// <summary>Whether the first of the timed posts waits for one period.</summary>
    public bool Deferred { get; init; }

    /// <summary>Whether the first word of a line is that of an action.</summary>
    public static bool IsAction(string line) => KindOf(line.Split(' ')[0]) is not null;

    /// <summary>Reads one line.</summary>
    /// <exception cref="FormatException">The first word is not that of an action.</exception>
    public static SpecAction Parse(string line)
    {
        var words = line.Split(' ');
        var kind = KindOf(words[0]) ?? throw new FormatException($"'{line}' is not an action");
        return kind switch
        {
            SpecActionKind.Scribble => new SpecAction(kind, line[(words[0].Length + 1)..]),
            SpecActionKind.Recall => new SpecAction(kind),
            SpecActionKind.Set or SpecActionKind.Add => new SpecAction(kind, words[1]) { Number = NumberOf(words[2]) },
            SpecActionKind.TimedFifo or SpecActionKind.TimedLifo => new SpecAction(kind, words[1])
            {
                Slot = words[2],
                Number = NumberOf(words[3]),
                PeriodMs = NumberOf(words[4]),
                Deferred = words[5] == "deferred",
            },
            _ => new SpecAction(kind, words[1]),
        };
    }

    /// <summary>The line that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        var line = new StringBuilder(Word(Kind));
        if (Kind != SpecActionKind.Recall)
        {
            line.Append(' ').Append(Text);
        }

        if (Kind is SpecActionKind.Set or SpecActionKind.Add)
        {
            line.Append(CultureInfo.InvariantCulture, $" {Number}");
        }

        if (Kind is SpecActionKind.TimedFifo or SpecActionKind.TimedLifo)
        {
            var first = Deferred ? "deferred" : "now";
            line.Append(CultureInfo.InvariantCulture, $" {Slot} {Number} {PeriodMs} {first}");
        }

        return line.ToString();
    }

    private static SpecActionKind? KindOf(string word) =>
        Enum.GetValues<SpecActionKind>().Where(kind => Word(kind) == word).Select(kind => (SpecActionKind?)kind)
            .FirstOrDefault();

    private static string Word(SpecActionKind kind) => kind switch
    {
        SpecActionKind.PostFifo => "post-fifo",
        SpecActionKind.PostLifo => "post-lifo",
        SpecActionKind.TimedFifo => "timed-fifo",
        SpecActionKind.TimedLifo => "timed-lifo",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static int NumberOf(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
