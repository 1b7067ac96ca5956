using Mesh.Core;

namespace Mesh.Node.Samples;

/// <summary>A sample as the command line names it: <c>sample:producer</c> or <c>left=sample:producer</c>.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Sample">Which sample.</param>
internal sealed record SampleChoice(string Name, string Sample)
{
    private const string Prefix = "sample:";

    /// <summary>Reads a choice.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="fault">What is wrong with it, when the method returns null.</param>
    /// <returns>The choice, or null.</returns>
    public static SampleChoice? TryParse(string text, out string fault)
    {
        fault = "";
        var equals = text.IndexOf('=');
        var source = text[(equals + 1)..];
        var sample = source.StartsWith(Prefix, StringComparison.Ordinal) ? source[Prefix.Length..] : "";
        if (!SampleCharts.Names.Contains(sample))
        {
            var known = string.Join(", ", SampleCharts.Names.Select(name => Prefix + name));
            fault = $"\"{source}\" is no chart; there are: {known}";
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
}
