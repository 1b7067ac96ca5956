using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Mesh.Node.Commands;

/// <summary>Says in one line what is wrong with a command line, and what was probably meant.</summary>
internal static class UsageError
{
    // Two slips in a word of usual length; fewer in a short one, where anything would be near.
    private const int MaxSlips = 2;

    /// <summary>Looks for the first fault of a command line.</summary>
    /// <param name="result">The parsed line.</param>
    /// <returns>The message, or null when the line is in order or asks for help.</returns>
    public static string? Describe(ParseResult result)
    {
        if (result.Action is ParseErrorAction)
        {
            var unknown = Disguised(result) ?? (result.UnmatchedTokens is [var first, ..] ? first : null);
            return unknown is null ? WithAdvice(result, OneLine(result.Errors[0].Message)) : Unknown(result, unknown);
        }

        var isAboutToRun = result.Action is not null && result.Action == result.CommandResult.Command.Action;
        return isAboutToRun && Disguised(result) is { } option ? Unknown(result, option) : null;
    }

    /// <summary>Says that a word of the line is unknown.</summary>
    /// <param name="result">The parsed line.</param>
    /// <param name="token">The word.</param>
    /// <returns>The message, with the nearest known word if there is one.</returns>
    public static string Unknown(ParseResult result, string token)
    {
        var command = result.CommandResult.Command;
        var isOption = token.StartsWith('-');
        var kind = isOption ? "unknown option"
            : command.Subcommands.Count > 0 ? "unknown command"
            : "unexpected argument";
        var meant = Nearest(token, isOption ? OptionNames(command) : CommandNames(command));
        return WithAdvice(
            result, meant is null ? $"{kind} \"{token}\"." : $"{kind} \"{token}\"; did you mean \"{meant}\"?");
    }

    // The parser takes an unknown option for a positional argument where one is still free.
    private static string? Disguised(ParseResult result)
    {
        var beforeDashes = result.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).ToHashSet();
        return result.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .FirstOrDefault(token => token.Value.StartsWith('-') && token.Value != "-" && beforeDashes.Contains(token))
            ?.Value;
    }

    private static string WithAdvice(ParseResult result, string fault) =>
        $"{fault} See `{Path(result.CommandResult)} --help`.";

    private static IEnumerable<string> CommandNames(Command command) =>
        command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name);

    private static IEnumerable<string> OptionNames(Command command) =>
        Ancestors(command).SelectMany(ancestor => ancestor.Options)
            .Where(option => option.Recursive)
            .Concat(command.Options)
            .Where(option => !option.Hidden)
            .SelectMany(option => option.Aliases.Prepend(option.Name))
            .Where(name => name.StartsWith("--", StringComparison.Ordinal));

    private static IEnumerable<Command> Ancestors(Command command) =>
        command.Parents.OfType<Command>().SelectMany(parent => Ancestors(parent).Prepend(parent));

    private static string? Nearest(string token, IEnumerable<string> candidates) =>
        candidates.Select(candidate => (candidate, slips: Slips(token, candidate)))
            .Where(entry => entry.slips <= Math.Min(MaxSlips, entry.candidate.Length / 2))
            .OrderBy(entry => entry.slips)
            .Select(entry => entry.candidate)
            .FirstOrDefault();

    // Edit distance in which two letters in the wrong order are one slip (optimal string alignment).
    private static int Slips(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                table[row, column] = row == 0 || column == 0
                    ? row + column
                    : Step(table, left.AsSpan(0, row), right.AsSpan(0, column));
            }
        }

        return table[left.Length, right.Length];
    }

    private static int Step(int[,] table, ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var (row, column) = (left.Length, right.Length);
        var change = char.ToUpperInvariant(left[^1]) == char.ToUpperInvariant(right[^1]) ? 0 : 1;
        var best = Math.Min(
            table[row - 1, column - 1] + change, Math.Min(table[row - 1, column], table[row, column - 1]) + 1);
        if (row > 1 && column > 1 && left[^1] == right[^2] && left[^2] == right[^1])
        {
            best = Math.Min(best, table[row - 2, column - 2] + 1);
        }

        return best;
    }

    private static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : "meshnode";

    private static string OneLine(string message) =>
        string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.') + ".";
}
