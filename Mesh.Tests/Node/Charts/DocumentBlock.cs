using System.Text.RegularExpressions;

namespace Mesh.Tests.Node.Charts;

/// <summary>A block of code in a document.</summary>
/// <param name="Language">What it is written in.</param>
/// <param name="Content">The block, each line ended with a newline.</param>
/// <param name="Listing">What it prints, when the next block of the document is a text; else null.</param>
internal sealed partial record DocumentBlock(string Language, string Content, string? Listing)
{
    /// <summary>The blocks of a document, in their order.</summary>
    public static IReadOnlyList<DocumentBlock> ReadAll(string document)
    {
        var matches = Block().Matches(document).ToList();
        return
        [
            .. matches.Select((match, place) => new DocumentBlock(
                LanguageOf(match),
                match.Groups["content"].Value,
                place + 1 < matches.Count && LanguageOf(matches[place + 1]) == "text"
                    ? matches[place + 1].Groups["content"].Value : null)),
        ];
    }

    private static string LanguageOf(Match match) => match.Groups["language"].Value;

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<content>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
