using System.Globalization;

namespace Mesh.Statecharts.Scxml;

/// <summary>Lengths of time as SCXML writes them: a number and its unit.</summary>
internal static class Duration
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Reads a length such as <c>500ms</c>, <c>1.5s</c>, <c>2m</c>, <c>1h</c>, <c>1d</c>; a year at
    /// most.</summary>
    public static bool TryParse(string text, out TimeSpan length)
    {
        length = default;
        var digits = text.AsSpan().Trim();
        var unit = digits.Length;
        while (unit > 0 && char.IsAsciiLetterLower(digits[unit - 1]))
        {
            unit--;
        }

        var seconds = digits[unit..] switch
        {
            "ms" => 0.001,
            "s" => 1,
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => 0,
        };
        if (seconds == 0 || !double.TryParse(
            digits[..unit], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number * seconds > Longest.TotalSeconds)
        {
            return false;
        }

        length = TimeSpan.FromTicks((long)Math.Round(number * seconds * TimeSpan.TicksPerSecond));
        return true;
    }
}
