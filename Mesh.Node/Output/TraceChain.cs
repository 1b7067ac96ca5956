using System.Globalization;

namespace Mesh.Node.Output;

/// <summary>Puts the trace lines of one chart into the order in which they happened.</summary>
/// <remarks>
/// Each step begins in the state where the last one ended. Text that is such a chain already is left alone. Other text
/// is sorted by its time stamps, and lines with equal stamps are laid end to end as far as they go.
/// </remarks>
internal static class TraceChain
{
    /// <summary>Orders the lines.</summary>
    /// <param name="lines">Lines of one chart, in the order of the text.</param>
    /// <returns>The same lines.</returns>
    public static IReadOnlyList<TraceLine> Order(IReadOnlyList<TraceLine> lines)
    {
        if (IsChain(lines))
        {
            return lines;
        }

        var ordered = new List<TraceLine>(lines.Count);
        foreach (var moment in Moments(lines))
        {
            ordered.AddRange(OrderMoment(moment, ordered.LastOrDefault()?.To));
        }

        return ordered;
    }

    private static bool IsChain(IReadOnlyList<TraceLine> lines)
    {
        for (var index = 1; index < lines.Count; index++)
        {
            if (lines[index].From != lines[index - 1].To)
            {
                return false;
            }
        }

        return true;
    }

    // Lines without a stamp stay where they are, each a moment of its own; one of them makes sorting meaningless.
    private static IEnumerable<IReadOnlyList<TraceLine>> Moments(IReadOnlyList<TraceLine> lines)
    {
        var times = new DateTime[lines.Count];
        var sortable = true;
        for (var index = 0; index < lines.Count; index++)
        {
            sortable &= DateTime.TryParse(
                lines[index].Time, CultureInfo.InvariantCulture, DateTimeStyles.None, out times[index]);
        }

        return sortable
            ? Enumerable.Range(0, lines.Count).GroupBy(index => times[index]).OrderBy(moment => moment.Key)
                .Select(moment => moment.Select(index => lines[index]).ToArray())
            : lines.Select((line, index) => (line, key: line.Time.Length > 0 ? line.Time : $"#{index}"))
                .GroupBy(entry => entry.key, entry => entry.line)
                .Select(moment => moment.ToArray());
    }

    private static IReadOnlyList<TraceLine> OrderMoment(IReadOnlyList<TraceLine> moment, string? state)
    {
        if (IsChain(moment) && (state is null || state == moment[0].From || moment.Count == 1))
        {
            return moment;
        }

        var start = FindStart(moment, state);
        var trail = Trail(moment, start);
        return trail.Count == moment.Count && IsChain(trail) ? trail : Walk(moment, start);
    }

    // Where the chart was, if a line begins there; else the state that is left once more than it is entered.
    private static string FindStart(IReadOnlyList<TraceLine> moment, string? state)
    {
        if (state is not null && moment.Any(line => line.From == state))
        {
            return state;
        }

        var balance = new Dictionary<string, int>();
        foreach (var line in moment)
        {
            balance[line.From] = balance.GetValueOrDefault(line.From) + 1;
            balance[line.To] = balance.GetValueOrDefault(line.To) - 1;
        }

        return moment.Select(line => line.From).FirstOrDefault(from => balance[from] > 0) ?? moment[0].From;
    }

    private static Dictionary<string, Queue<TraceLine>> BySource(IReadOnlyList<TraceLine> moment) =>
        moment.GroupBy(line => line.From).ToDictionary(group => group.Key, group => new Queue<TraceLine>(group));

    // Hierholzer's algorithm: a walk over all lines, each once, if there is one.
    private static List<TraceLine> Trail(IReadOnlyList<TraceLine> moment, string start)
    {
        var left = BySource(moment);
        var path = new Stack<TraceLine>();
        var trail = new List<TraceLine>(moment.Count);
        var state = start;
        while (true)
        {
            if (left.TryGetValue(state, out var lines) && lines.TryDequeue(out var line))
            {
                path.Push(line);
                state = line.To;
            }
            else if (path.TryPop(out var done))
            {
                trail.Add(done);
                state = done.From;
            }
            else
            {
                trail.Reverse();
                return trail;
            }
        }
    }

    // For moments with holes in them: goes on as far as it can, then jumps to the first line that is left.
    private static List<TraceLine> Walk(IReadOnlyList<TraceLine> moment, string start)
    {
        var left = BySource(moment);
        var walked = new List<TraceLine>(moment.Count);
        var seen = new HashSet<TraceLine>(ReferenceEqualityComparer.Instance);
        var state = start;
        var next = 0;
        while (walked.Count < moment.Count)
        {
            if (left.TryGetValue(state, out var lines) && lines.TryDequeue(out var line))
            {
                seen.Add(line);
                walked.Add(line);
                state = line.To;
            }
            else
            {
                while (seen.Contains(moment[next]))
                {
                    next++;
                }

                state = moment[next].From;
            }
        }

        return walked;
    }
}
