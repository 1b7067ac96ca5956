using Mesh.Core;
using Mesh.Node.Hosting;

namespace Mesh.Node.Samples;

/// <summary>A chart as the command line names it: <c>sample:producer</c>, <c>left=sample:producer</c>, or a file such
/// as <c>traffic.scxml</c> or <c>north=traffic.scxml</c>.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Sample">Which sample; empty for a file.</param>
internal sealed record SampleChoice(string Name, string Sample)
{
    private const string Prefix = "sample:";
    private const string FileEnding = ".scxml";

    /// <summary>The file of the chart; null for a sample.</summary>
    public string? File { get; init; }

    /// <summary>Reads a choice.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="fault">What is wrong with it, when the method returns null.</param>
    /// <returns>The choice, or null.</returns>
    public static SampleChoice? TryParse(string text, out string fault)
    {
        fault = "";
        var equals = text.IndexOf('=');
        var source = text[(equals + 1)..];
        if (IsFile(text) || IsFile(source))
        {
            return TryParseFile(text, IsFile(source) ? equals : -1, out fault);
        }

        var sample = source.StartsWith(Prefix, StringComparison.Ordinal) ? source[Prefix.Length..] : "";
        if (!SampleCharts.Names.Contains(sample))
        {
            var known = string.Join(", ", SampleCharts.Names.Select(name => Prefix + name));
            fault = $"\"{source}\" is no chart; there are: {known}, and files that end in {FileEnding}";
            return null;
        }

        var name = equals < 0 ? sample : text[..equals];
        if (!NodeName.IsValid(name))
        {
            fault = $"\"{name}\" cannot be the name of a chart";
            return null;
        }

        return new SampleChoice(name, sample);
    }

    private static bool IsFile(string text) => !text.StartsWith(Prefix, StringComparison.Ordinal)
        && (text.EndsWith(FileEnding, StringComparison.OrdinalIgnoreCase) || System.IO.File.Exists(text));

    // A file that has the sign in its own name is meant before a name and a file.
    private static SampleChoice? TryParseFile(string text, int equals, out string fault)
    {
        var path = System.IO.File.Exists(text) ? text : text[(equals + 1)..];
        var name = path == text ? NodeLauncher.NameFrom(Path.GetFileNameWithoutExtension(path)) : text[..equals];
        fault = NodeName.IsValid(name) ? "" : $"\"{name}\" cannot be the name of a chart";
        return fault.Length == 0 ? new SampleChoice(name, "") { File = path } : null;
    }
}
