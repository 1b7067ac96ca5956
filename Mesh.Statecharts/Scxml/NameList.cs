namespace Mesh.Statecharts.Scxml;

/// <summary>Names of states or events that an attribute holds, each where it stands.</summary>
internal sealed class NameList(IReadOnlyList<(string Name, TextPosition Position)> entries)
{
    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names { get; } = [.. entries.Select(entry => entry.Name)];

    /// <summary>The names, each with its place.</summary>
    public IReadOnlyList<(string Name, TextPosition Position)> Entries => entries;

    /// <summary>Cuts the value of an attribute at its spaces.</summary>
    public static NameList Of(XmlItemAttribute attribute, ParseContext context)
    {
        var entries = new List<(string Name, TextPosition Position)>();
        var value = attribute.Value;
        for (var start = 0; start < value.Length;)
        {
            if (char.IsWhiteSpace(value[start]))
            {
                start++;
                continue;
            }

            var end = start;
            while (end < value.Length && !char.IsWhiteSpace(value[end]))
            {
                end++;
            }

            entries.Add((value[start..end], context.PositionIn(attribute, start)));
            start = end;
        }

        return entries.Count > 0 ? new NameList(entries)
            : throw context.Fault($"'{attribute.Name}' is empty", attribute, 0);
    }
}
