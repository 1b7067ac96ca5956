using System.CommandLine;
using System.Globalization;

namespace Mesh.Node.Commands;

/// <summary>An option that takes a duration with its unit: <c>500ms</c>, <c>1.5s</c>, <c>5m</c>, <c>1h</c>.</summary>
internal sealed class DurationOption : Option<TimeSpan?>
{
    /// <summary>The longest duration that is understood.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromHours(9_999);

    public DurationOption(string name, string description)
        : base(name)
    {
        Description = description;
        HelpName = "duration";
        CustomParser = result =>
        {
            if (TryParse(result.Tokens[0].Value, out var duration))
            {
                return duration;
            }

            result.AddError($"\"{result.Tokens[0].Value}\" is no duration; write it like 500ms, 10s, 5m or 1h");
            return null;
        };
    }

    /// <summary>Reads a duration.</summary>
    /// <param name="text">A number and, without a space, its unit: <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c>.</param>
    /// <param name="duration">The duration, from zero to <see cref="Max"/>.</param>
    /// <returns>False for anything else: no unit, a sign, an exponent, too long.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var digits = text.AsSpan().TrimEnd("msh");
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || Unit(text.AsSpan(digits.Length)) is not { } unit
            || number > (decimal)Max.Ticks / unit.Ticks)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)(number * unit.Ticks));
        return true;
    }

    private static TimeSpan? Unit(ReadOnlySpan<char> name) => name switch
    {
        "ms" => TimeSpan.FromMilliseconds(1),
        "s" => TimeSpan.FromSeconds(1),
        "m" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        _ => null,
    };
}
