using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Mesh.Node.Output;

namespace Mesh.Node.Commands;

/// <summary><c>-o</c>: the form of the data; each command names the forms that it has.</summary>
internal sealed class OutputOption : Option<OutputFormat>
{
    private readonly Dictionary<string, OutputFormat> _formats;

    /// <summary>Makes the option of one command.</summary>
    /// <param name="formats">The forms that the command has, <see cref="OutputFormat.Text"/> among them.</param>
    public OutputOption(params OutputFormat[] formats)
        : base("--output", "-o")
    {
        _formats = formats.ToDictionary(NameOf);
        Description = "Form of the data (default: text)";
        HelpName = string.Join('|', _formats.Keys);
        CustomParser = result =>
        {
            var name = result.Tokens[0].Value;
            if (!_formats.TryGetValue(name, out var format))
            {
                result.AddError($"\"{name}\" is no output form here; there are: {string.Join(", ", _formats.Keys)}");
            }

            return format;
        };

        // An enumeration brings its own names along, in another spelling and all of them.
        CompletionSources.Clear();
        CompletionSources.Add(_ => _formats.Keys.Select(name => new CompletionItem(name)));
    }

    /// <summary>Reads the form that was given, also in a command line that has faults elsewhere.</summary>
    /// <param name="result">The parsed option.</param>
    /// <returns>The form, or the default one when the given one is unknown.</returns>
    public OutputFormat Read(OptionResult result) =>
        result.Tokens is [var token, ..] ? _formats.GetValueOrDefault(token.Value) : default;

    /// <summary>Tells whether the command has a form.</summary>
    public bool Offers(OutputFormat format) => _formats.ContainsValue(format);

    private static string NameOf(OutputFormat format) => format switch
    {
        OutputFormat.Text => "text",
        OutputFormat.Json => "json",
        OutputFormat.Ndjson => "ndjson",
        OutputFormat.JsonLines => "json-lines",
        _ => "miros",
    };
}
